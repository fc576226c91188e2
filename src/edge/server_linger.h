#ifndef GIMON_EDGE_SERVER_LINGER_H
#define GIMON_EDGE_SERVER_LINGER_H

#include <uv.h>

/** Connections whose client is still sending what was refused; zero-initialised is empty. */
struct lingerers {
    struct lingerer *first;
    unsigned count;
};

/**
 * Keeps reading and dropping what comes in on a copy of `fd`, so that the answer just sent is not
 * lost to a reset (RFC 9112, section 9.6). Ends by itself: at the end of input, after 2 seconds or
 * after BODY_MOST. Does nothing where too many linger already.
 */
void linger_start(uv_loop_t *loop, struct lingerers *lingerers, int fd);

/** Ends them all; their memory goes once the loop has closed their handles. */
void linger_stop_all(struct lingerers *lingerers);

#endif
