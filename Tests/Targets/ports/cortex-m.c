/* Cortex-M under QEMU: semihosting, and the system's timer, which goes down. */
#include "console.h"
#include "port.h"

#define SYSTICK ((volatile uint32_t *)0xE000E010)

void port_begin(void) {
  SYSTICK[1] = 0xFFFFFF; /* reload */
  SYSTICK[2] = 0;        /* current */
  SYSTICK[0] = 5;        /* on, by the processor's clock */
}

void port_put(const char *text) { console_write(text); }
uint32_t port_ticks(void) { return 0xFFFFFF - SYSTICK[2]; }
void port_end(void) { console_exit(); }
