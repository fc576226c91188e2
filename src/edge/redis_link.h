#ifndef GIMON_EDGE_REDIS_LINK_H
#define GIMON_EDGE_REDIS_LINK_H

#include <hiredis/async.h>
#include <stdbool.h>
#include <uv.h>

/*
 * hiredis on libuv, our own: the stock adapter loses connection errors (an error status on the poll
 * handle counts as all wanted events here), so a refused connect always reaches both callbacks.
 */

/** Ties an async context to the loop; false if the loop refuses. The context owns the tie. */
bool redis_link_attach(redisAsyncContext *context, uv_loop_t *loop)
    __attribute__((warn_unused_result));

#endif
