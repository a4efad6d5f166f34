#include "console.h"

/* Semihosting: the debugger looks into r0 and r1 at this breakpoint. */
static void ask(long operation, const void *argument) {
  register long r0 __asm__("r0") = operation;
  register const void *r1 __asm__("r1") = argument;
  __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}

void console_write(const char *text) { ask(0x04, text); }

void console_exit(void) { ask(0x18, (const void *)0x20026); }
