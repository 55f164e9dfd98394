// cmocka with what it needs before it.

#ifndef ASYNCLINT_TESTS_TESTING_H
#define ASYNCLINT_TESTS_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
