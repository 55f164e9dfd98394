// Included ahead of every file of ours by the build: names that have a safer form here are a
// compile error. arena.c and buf.c are compiled with ASYNCLINT_ALLOCATES and may allocate; so is
// hash.c, since xxHash's header does.

#ifndef ASYNCLINT_BASE_BANNED_H
#define ASYNCLINT_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf gets strtok atoi atol
#ifndef ASYNCLINT_ALLOCATES
#pragma GCC poison malloc calloc realloc free strdup strndup
#endif

#endif
