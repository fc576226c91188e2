#ifndef GIMON_TESTS_EDGE_REDIS_SERVER_H
#define GIMON_TESTS_EDGE_REDIS_SERVER_H

#include <hiredis/hiredis.h>
#include <stdbool.h>
#include <sys/types.h>
#include <uv.h>

/*
 * A real redis-server of the test's own, on a Unix socket in a folder of its own, and a loop that
 * is run until something is so. Whatever cannot be set up fails the test.
 */

enum { FOLDER_ROOM = 64, SOCKET_ROOM = 108 };

struct redis_server {
    char folder[FOLDER_ROOM];
    char socket[SOCKET_ROOM];
    char address[SOCKET_ROOM + 8]; /* as the journal is told */
    pid_t pid;                     /* 0 while none runs */
};

/* Makes an empty folder. */
void folder_make(char folder[static FOLDER_ROOM]);

/* Removes it and all in it. */
void folder_remove(const char *folder);

/* Copies the append-only file of one folder over that of another. */
void folder_copy_log(const char *from, const char *to);

/*
 * A port that is ours until the descriptor is closed: bound on all addresses with SO_REUSEADDR and
 * never listening, so that a server of the test may listen on it and the kernel gives it to nobody
 * else. Without a server a connection is refused.
 */
int port_hold(int *ret_port);

/* Names a folder and socket; starts nothing. */
void redis_server_init(struct redis_server *server);

/* Starts it on what stands in the folder and asks until it answers. `extra`, NULL or ended by NULL,
 * are more arguments; with them it may still be loading. */
void redis_server_start(struct redis_server *server, const char *const *extra);

/* Ends it as a power cut would. */
void redis_server_kill(struct redis_server *server);

/* Kills what runs and removes the folder. */
void redis_server_done(struct redis_server *server);

/* Sends one command on a connection of its own; the caller frees the reply. Fails on an error. */
redisReply *redis_server_ask(const struct redis_server *server, const char *format, ...);

/* The same, for an answer that does not matter or is a number. */
long long redis_server_tell(const struct redis_server *server, const char *format, ...);

/* The id of the connection that is held in XREAD. */
long long redis_server_find_follower(const struct redis_server *server);

/* Whether a server that has loaded answers there now; `ret_pid`, if not NULL, is its process. */
bool redis_answers(const char *socket, pid_t *ret_pid);

/* Runs the loop until `done` says so; fails the test after 20 s, naming `what`. */
void loop_run_until(uv_loop_t *loop, bool (*done)(const void *self), const void *self,
                    const char *what);

/* Runs the loop for so many milliseconds. */
void loop_run_for(uv_loop_t *loop, unsigned ms);

/* Proves that nothing is left in the loop. */
void loop_prove_empty(uv_loop_t *loop);

#endif
