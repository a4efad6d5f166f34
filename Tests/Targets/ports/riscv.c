/* RV32 under QEMU's virt board: start, semihosting, and the count of retired instructions. */
#include "port.h"

int main(void);

__attribute__((naked, section(".text.start"))) void _start(void) {
  __asm__ volatile(
      ".option push\n\t.option norelax\n\tla gp, __global_pointer$\n\t.option pop\n\t"
      "la sp, stack_top\n\tcall main\n1:\tj 1b");
}

static void ask(uint32_t operation, const void *argument) {
  register uint32_t a0 __asm__("a0") = operation;
  register const void *a1 __asm__("a1") = argument;
  __asm__ volatile(
      ".option push\n\t.option norvc\n\t.balign 16\n\tslli x0, x0, 0x1f\n\tebreak\n\tsrai x0, x0, 7\n\t.option pop"
      : "+r"(a0)
      : "r"(a1)
      : "memory");
}

void port_begin(void) {}
void port_put(const char *text) { ask(0x04, text); }

uint32_t port_ticks(void) {
  uint32_t count;
  __asm__ volatile(".option push\n\t.option arch, +zicsr\n\tcsrr %0, minstret\n\t.option pop" : "=r"(count));
  return count;
}

void port_end(void) {
  static const uint32_t reason[2] = {0x20026, 0};
  ask(0x18, reason);
}
