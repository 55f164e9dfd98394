#include "base/format.h"

#include "base/error.h"

#include <stdio.h>
#include <string.h>

char *format_number(char *end, uint64_t number) {
    do
        *--end = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    return end;
}

typedef struct Writer {
    char *at, *end;
} Writer;

static bool put(Writer *self, const char *bytes, size_t count) {
    if ((size_t)(self->end - self->at) < count) return false;
    if (count == 0) return true; // an empty Str may have no address
    memcpy(self->at, bytes, count);
    self->at += count;
    return true;
}

static bool put_number(Writer *self, unsigned number) {
    char digits[MOST_DIGITS], *end = digits + sizeof digits, *first = format_number(end, number);
    return put(self, first, (size_t)(end - first));
}

static bool put_part(Writer *self, const char *text, int most) {
    if (most <= 0) return most == 0; // an empty Str may have no address
    return put(self, text, strnlen(text, (size_t)most));
}

bool format_simply(char *out, size_t room, size_t *length, const char *format, va_list arguments) {
    Writer writer;
    writer.at = out;
    writer.end = out + room;
    bool fits = true;
    while (fits && *format != '\0') {
        size_t run = (size_t)(strchrnul(format, '%') - format);
        fits = put(&writer, format, run);
        format += run;
        if (!fits || *format == '\0') continue;
        switch (format[1]) {
        case 's': {
            const char *text = va_arg(arguments, const char *);
            fits = text != NULL && put(&writer, text, strlen(text));
            break;
        }
        case 'u': fits = put_number(&writer, va_arg(arguments, unsigned)); break;
        case 'd': {
            int number = va_arg(arguments, int);
            fits = (number >= 0 || put(&writer, "-", 1)) &&
                   put_number(&writer, number < 0 ? 0u - (unsigned)number : (unsigned)number);
            break;
        }
        case 'c': {
            char byte = (char)va_arg(arguments, int);
            fits = put(&writer, &byte, 1);
            break;
        }
        case '%': fits = put(&writer, "%", 1); break;
        case '.': {
            if (format[2] != '*' || format[3] != 's') return false;
            int most = va_arg(arguments, int);
            fits = put_part(&writer, va_arg(arguments, const char *), most);
            format += 2;
            break;
        }
        default: return false;
        }
        format += 2;
    }
    *length = (size_t)(writer.at - out);
    return fits;
}

size_t format_length(const char *format, va_list arguments) {
    int length = vsnprintf(NULL, 0, format, arguments);
    if (length < 0) BUG("a format that printf refuses");
    return (size_t)length;
}
