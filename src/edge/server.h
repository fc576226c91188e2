#ifndef GIMON_EDGE_SERVER_H
#define GIMON_EDGE_SERVER_H

#include <uv.h>

#include "desk/message.h"
#include "desk/meter.h"

/*
 * HTTP on libmicrohttpd in external mode: its epoll descriptor is watched by the loop. A request
 * becomes an exchange; its connection is suspended until somebody answers it.
 */

struct server;
struct exchange;

/** Everything with bounds; see config_yaml.h. */
struct server_options {
    struct slice listen; /**< `127.0.0.1:8080` (port 0: the kernel chooses) or `unix:/path` */
    unsigned connections;
    unsigned idle_seconds;
    size_t body_bytes;
    struct meter *meter; /**< counts the limits that bite; outlives the server */
};

/** Called in the loop once a request is complete; must end in exactly one exchange_answer. */
typedef void (*server_receive)(void *self, struct exchange *exchange);

/** Binds and listens; NULL and a sentence in `ret_fault` (at least 256 bytes) if it cannot. */
struct server *server_open(uv_loop_t *loop, const struct server_options *options,
                           server_receive receive, void *self, char *ret_fault);

/** The address it listens on, as a client would write it: `http://127.0.0.1:8080`. */
const char *server_address(const struct server *server);

/** Stops accepting; exchanges in flight may still be answered. */
void server_quiesce(struct server *server);

/** How many exchanges have not been answered and sent. */
size_t server_busy(const struct server *server);

/** Ends all connections and frees; `closed` runs in the loop when nothing is left. */
void server_close(struct server *server, void (*closed)(void *self), void *self);

/** The request of an exchange, alive until it is answered. */
const struct request *exchange_request(const struct exchange *exchange);

/** Sends the reply, takes over its bytes, and ends the exchange. `route` counts on the meter. */
void exchange_answer(struct exchange *exchange, const char *route, struct reply *reply);

#endif
