/* A library for LD_PRELOAD that lets one system call fail: the NNC_FAULT_AT-th of the kind NNC_FAULT, with the errno
 * NNC_FAULT_ERRNO. With NNC_FAULT_COUNT it writes to that file, at the end, how many calls of the kind there were.
 *
 * Kinds: write, fsync, rename, open (for writing), mkdir, malloc. Calls on standard output and errors count too.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long calls;
static const char *kind;
static long at;
static int code;
/* The process that the fault is for: what it starts, such as a compiler, is left alone. */
static pid_t owner;

static void report(void) {
  const char *path = getenv("NNC_FAULT_COUNT");
  if (path == NULL || getpid() != owner) return;
  FILE *file = fopen(path, "w");
  if (file != NULL) {
    fprintf(file, "%ld\n", (long)calls);
    fclose(file);
  }
}

__attribute__((constructor)) static void begin(void) {
  const char *where = getenv("NNC_FAULT_AT"), *number = getenv("NNC_FAULT_ERRNO");
  owner = getpid();
  at = where == NULL ? -1 : atol(where);
  code = number == NULL ? EIO : atoi(number);
  kind = getenv("NNC_FAULT");
  unsetenv("LD_PRELOAD");
  atexit(report);
}

/* Whether this call is the one that is to fail. */
static int fails(const char *name) {
  if (kind == NULL || strcmp(kind, name) != 0 || getpid() != owner) return 0;
  if (atomic_fetch_add(&calls, 1) + 1 != at) return 0;
  errno = code;
  return 1;
}

#define REAL(result, name, ...) static result (*real)(__VA_ARGS__); if (real == NULL) real = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

ssize_t write(int descriptor, const void *bytes, size_t count) {
  REAL(ssize_t, write, int, const void *, size_t);
  return fails("write") ? -1 : real(descriptor, bytes, count);
}

int fsync(int descriptor) {
  REAL(int, fsync, int);
  return fails("fsync") ? -1 : real(descriptor);
}

int rename(const char *from, const char *to) {
  REAL(int, rename, const char *, const char *);
  return fails("rename") ? -1 : real(from, to);
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, mkdir, const char *, mode_t);
  return fails("mkdir") ? -1 : real(path, mode);
}

static int opened(const char *path, int flags, mode_t mode) {
  REAL(int, open64, const char *, int, ...);
  if ((flags & O_ACCMODE) != O_RDONLY && fails("open")) return -1;
  return real(path, flags, mode);
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return opened(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return opened(path, flags, mode);
}

/* glibc's own, which dlsym may need itself. */
extern void *__libc_malloc(size_t);

void *malloc(size_t size) { return fails("malloc") ? NULL : __libc_malloc(size); }
