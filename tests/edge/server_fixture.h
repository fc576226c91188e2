#ifndef GIMON_TESTS_EDGE_SERVER_FIXTURE_H
#define GIMON_TESTS_EDGE_SERVER_FIXTURE_H

#include "edge/server.h"

/* A server on a real loop with an owner that says what it was asked, and clients that are plain
 * sockets. All in one thread: whoever waits turns the loop. */

/* When the owner answers. */
enum pace { PACE_AT_ONCE, PACE_LATER, PACE_WHEN_RELEASED };

enum { QUOTA = 10, BODY_MOST = 4096, HELD_MOST = 256 };

struct world {
    uv_loop_t loop;
    uv_timer_t tick;
    struct meter meter;
    struct server *server;
    enum pace pace;
    struct exchange *held[HELD_MOST];
    size_t held_count;
    size_t asked; /* exchanges that the owner was given */
    bool closed;
};

/* What came back. */
struct answer {
    int status; /* 0: the connection was closed without one */
    bool closes;
    size_t length; /* Content-Length */
    char body[512];
};

/* Opens a server there with QUOTA connections and BODY_MOST bytes of body. */
void world_open(struct world *world, const char *listen, unsigned idle_seconds);

/* Closes it and proves that nothing is left. */
void world_done(struct world *world);

/* Answers what is held. */
void world_release(struct world *world);

/* Turns the loop once; for at most a few milliseconds. */
void world_turn(struct world *world);

/* Turns the loop until the owner has been given so many exchanges. */
void world_await_asked(struct world *world, size_t count);

/* A connection; -1 if it is refused. */
int client_connect(const struct world *world);

/* Sends, turning the loop where the socket takes no more; false if the server has hung up. */
bool client_send(struct world *world, int fd, const char *bytes, size_t len);
bool client_say(struct world *world, int fd, const char *text);

/* Reads one answer, and no byte of the next. */
struct answer client_read(struct world *world, int fd);
struct answer client_read_head(struct world *world, int fd); /* of an answer without a body */

/* Whether the server hangs up without saying anything more. */
bool client_is_hung_up_on(struct world *world, int fd);

/* Hangs up, politely or with a reset. */
void client_hang_up(int fd, bool reset);

/* A connection, one request, its answer. */
struct answer ask(struct world *world, const char *request);

#endif
