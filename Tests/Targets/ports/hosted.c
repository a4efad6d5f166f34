/* A target with an operating system, or its emulation. */
#include <stdio.h>

#include "port.h"

void port_begin(void) {}
void port_put(const char *text) { fputs(text, stdout); }
uint32_t port_ticks(void) { return 0; }
void port_end(void) { fflush(stdout); }
