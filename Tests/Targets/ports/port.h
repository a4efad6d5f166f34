/* What each target offers to the harness. */
#ifndef PORT_H
#define PORT_H
#include <stdint.h>

/* Makes the target ready. */
void port_begin(void);

/* Writes a text. */
void port_put(const char *text);

/* A counter that goes up; its low PORT_TICK_BITS bits count. A target without one gives 0. */
uint32_t port_ticks(void);

/* Ends the emulation. */
void port_end(void);

#endif
