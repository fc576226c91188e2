#ifndef GIMON_EDGE_SERVER_PRIVATE_H
#define GIMON_EDGE_SERVER_PRIVATE_H

#include "edge/server.h"
#include "edge/server_linger.h"
#include "edge/server_listen.h"

#include <microhttpd.h>

/* What server.c (the loop's side), server_exchange.c (one request's walk) and server_quota.c (who
 * is connected) share. */

/* While the quota is full it is seen this often who has hung up. */
enum { QUOTA_LOOK_MS = 50 };

/** How far an exchange has come. */
enum stage {
    STAGE_TARGET,   /**< the first line has been read */
    STAGE_BODY,     /**< the headers are in, the body is coming */
    STAGE_ASKED,    /**< the owner has it */
    STAGE_ANSWERED, /**< the answer is on its way out */
};

/** A connection, in a list of all. */
struct client {
    struct MHD_Connection *connection;
    int fd;
    struct client *previous, *next;
};

/** One request and its answer; libmicrohttpd says when it is over. */
struct exchange {
    struct server *server;
    struct MHD_Connection *connection;
    struct MHD_Response *response;
    struct arena arena;
    struct request request;
    struct slice target;
    struct text body;
    size_t body_seen; /**< bytes, those dropped included */
    enum stage stage;
    unsigned status;
    bool suspended;
    bool early;        /**< answered before the body was in: the client may still be sending */
    uint64_t asked_at; /**< uv_hrtime */
    struct exchange *previous, *next; /**< all that the owner has been given */
};

struct server {
    uv_loop_t *loop;
    struct server_options options;
    server_receive receive;
    void *self;
    struct listening listening;
    struct MHD_Daemon *daemon;
    uv_poll_t poll;
    uv_timer_t timer;
    int open_handles;
    struct client *clients;
    unsigned client_count;
    bool pressed;       /**< the quota is full: who says nothing goes soon */
    uint64_t looked_at; /**< uv_now when it was last seen who has hung up */
    bool quiesced;
    struct exchange *exchanges;
    size_t busy;
    struct lingerers lingerers;
    void (*closed)(void *self);
    void *closed_self;
};

/** Lets the loop run libmicrohttpd once more, soon. */
void server_wake(struct server *server);

/** Whether no connection more is taken. */
bool quota_is_full(const struct server *server);

/** Makes room in a full quota; called after every run. */
void quota_mind(struct server *server);

/** libmicrohttpd's callbacks; `cls` is the server. */
void quota_on_connection(void *cls, struct MHD_Connection *connection, void **context,
                         enum MHD_ConnectionNotificationCode what);
void *exchange_on_target(void *cls, const char *target, struct MHD_Connection *connection);
enum MHD_Result exchange_on_access(void *cls, struct MHD_Connection *connection, const char *url,
                                   const char *method, const char *version, const char *upload,
                                   size_t *upload_size, void **context);
void exchange_on_completed(void *cls, struct MHD_Connection *connection, void **context,
                           enum MHD_RequestTerminationCode how);

#endif
