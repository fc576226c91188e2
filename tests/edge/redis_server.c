#include "edge/redis_server.h"

#include <fcntl.h>
#include <ftw.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATIENCE_MS = 20000, WORDS = 64 };

void folder_make(char folder[static FOLDER_ROOM])
{
    /* As gimon does: a server that dies while it is written to is an error, not the end. */
    signal(SIGPIPE, SIG_IGN);
    /* In memory where there is such a place: a busy disk would make every deadline a matter of
     * luck. */
    const char *root = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(folder, FOLDER_ROOM, "%s/gimon-edge-XXXXXX", root);
    assert_non_null(mkdtemp(folder));
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *where)
{
    (void)status;
    (void)kind;
    (void)where;
    return remove(path);
}

void folder_remove(const char *folder)
{
    assert_int_equal(nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
}

static pid_t start_program(char *const *words, const char *folder)
{
    const pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid > 0) return pid;
    /* A test that fails leaves no server behind. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (chdir(folder) != 0 || dup2(null, 1) < 0 || dup2(null, 2) < 0) _exit(126);
    execvp(words[0], words);
    _exit(127);
}

static void run_program(char *const *words)
{
    int status = 0;
    const pid_t pid = start_program(words, "/");
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

void folder_copy_log(const char *from, const char *to)
{
    char source[FOLDER_ROOM + 32], target[FOLDER_ROOM + 32];
    snprintf(source, sizeof source, "%s/appendonlydir", from);
    snprintf(target, sizeof target, "%s/appendonlydir", to);
    char words[4][8] = {"rm", "-rf", "cp", "-r"};
    char *const clear[] = {words[0], words[1], target, NULL};
    char *const copy[] = {words[2], words[3], source, target, NULL};
    run_program(clear);
    run_program(copy);
}

int port_hold(int *ret_port)
{
    struct sockaddr_in name = {.sin_family = AF_INET};
    socklen_t length = sizeof name;
    const int yes = 1;
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(descriptor >= 0);
    assert_int_equal(setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes), 0);
    assert_int_equal(bind(descriptor, (const struct sockaddr *)&name, length), 0);
    assert_int_equal(getsockname(descriptor, (struct sockaddr *)&name, &length), 0);
    *ret_port = ntohs(name.sin_port);
    return descriptor;
}

void redis_server_init(struct redis_server *server)
{
    *server = (struct redis_server){0};
    folder_make(server->folder);
    snprintf(server->socket, sizeof server->socket, "%s/redis.sock", server->folder);
    snprintf(server->address, sizeof server->address, "unix:%s", server->socket);
}

/* What INFO says, also while the server loads; false if nobody answers. */
static bool learn(const char *socket, pid_t *ret_pid, bool *ret_loading)
{
    redisContext *context = redisConnectUnix(socket);
    redisReply *reply = NULL;
    bool answers = false;
    if (context != NULL && context->err == 0) reply = redisCommand(context, "INFO");
    if (reply != NULL && reply->type == REDIS_REPLY_STRING) {
        const char *pid = strstr(reply->str, "process_id:");
        answers = pid != NULL;
        *ret_pid = answers ? (pid_t)strtol(strchr(pid, ':') + 1, NULL, 10) : 0;
        *ret_loading = strstr(reply->str, "\nloading:0") == NULL;
    }
    if (reply != NULL) freeReplyObject(reply);
    if (context != NULL) redisFree(context);
    return answers;
}

bool redis_answers(const char *socket, pid_t *ret_pid)
{
    pid_t pid;
    bool loading;
    if (!learn(socket, &pid, &loading) || loading) return false;
    if (ret_pid != NULL) *ret_pid = pid;
    return true;
}

/* Asking costs little; a moment between two questions leaves the server its processor. */
static void wait_for_answer(const struct redis_server *server, bool until_loaded)
{
    pid_t pid;
    bool loading = true;
    for (int left = PATIENCE_MS; left > 0; left--) {
        if (learn(server->socket, &pid, &loading) && !(loading && until_loaded)) return;
        assert_int_equal(waitpid(server->pid, NULL, WNOHANG), 0);
        usleep(1000);
    }
    fail_msg("waited in vain for redis-server in %s", server->folder);
}

void redis_server_start(struct redis_server *server, const char *const *extra)
{
    static const char *const usual[] = {"redis-server",
                                        "--port",
                                        "0",
                                        "--unixsocket",
                                        "redis.sock",
                                        "--dir",
                                        ".",
                                        "--appendonly",
                                        "yes",
                                        "--appendfsync",
                                        "always",
                                        "--save",
                                        "",
                                        "--logfile",
                                        "redis.log",
                                        "--enable-debug-command",
                                        "yes"};
    char *words[WORDS] = {0};
    size_t count = 0;
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        words[count++] = strdup(usual[i]);
    for (size_t i = 0; extra != NULL && extra[i] != NULL; i++)
        words[count++] = strdup(extra[i]);
    server->pid = start_program(words, server->folder);
    for (size_t i = 0; i < count; i++)
        free(words[i]);
    wait_for_answer(server, extra == NULL);
}

void redis_server_kill(struct redis_server *server)
{
    assert_int_equal(kill(server->pid, SIGKILL), 0);
    assert_int_equal(waitpid(server->pid, NULL, 0), server->pid);
    server->pid = 0;
}

void redis_server_done(struct redis_server *server)
{
    if (server->pid > 0) redis_server_kill(server);
    folder_remove(server->folder);
}

static redisReply *ask(const struct redis_server *server, const char *format, va_list arguments)
{
    redisContext *context = redisConnectUnix(server->socket);
    assert_non_null(context);
    assert_int_equal(context->err, 0);
    redisReply *reply = redisvCommand(context, format, arguments);
    redisFree(context);
    assert_non_null(reply);
    if (reply->type == REDIS_REPLY_ERROR) print_error("%s: %s\n", format, reply->str);
    assert_int_not_equal(reply->type, REDIS_REPLY_ERROR);
    return reply;
}

redisReply *redis_server_ask(const struct redis_server *server, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    redisReply *reply = ask(server, format, arguments);
    va_end(arguments);
    return reply;
}

long long redis_server_tell(const struct redis_server *server, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    redisReply *reply = ask(server, format, arguments);
    va_end(arguments);
    const long long answer = reply->integer;
    freeReplyObject(reply);
    return answer;
}

long long redis_server_find_follower(const struct redis_server *server)
{
    redisReply *reply = redis_server_ask(server, "CLIENT LIST TYPE normal");
    long long id = 0;
    for (const char *line = reply->str; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n' ? 1 : 0;
        const size_t length = strcspn(line, "\n");
        const char *command = strstr(line, "cmd=xread");
        if (command != NULL && command < line + length) sscanf(line, "id=%lld", &id);
    }
    freeReplyObject(reply);
    assert_true(id > 0);
    return id;
}

static void on_time(uv_timer_t *timer)
{
    bool *over = timer->data;
    *over = true;
}

/* The timer makes the loop turn while it waits, and ends the waiting. */
static void run(uv_loop_t *loop, unsigned ms, bool (*done)(const void *self), const void *self)
{
    uv_timer_t timer, pulse;
    bool over = false, beat = false;
    uv_timer_init(loop, &timer);
    uv_timer_init(loop, &pulse);
    timer.data = &over;
    pulse.data = &beat;
    uv_update_time(loop);
    uv_timer_start(&timer, on_time, ms, 0);
    uv_timer_start(&pulse, on_time, 5, 5);
    while (!over && (done == NULL || !done(self)))
        uv_run(loop, UV_RUN_ONCE);
    uv_close((uv_handle_t *)&timer, NULL);
    uv_close((uv_handle_t *)&pulse, NULL);
    uv_run(loop, UV_RUN_NOWAIT);
}

void loop_run_until(uv_loop_t *loop, bool (*done)(const void *self), const void *self,
                    const char *what)
{
    run(loop, PATIENCE_MS, done, self);
    if (!done(self)) fail_msg("waited in vain for: %s", what);
}

void loop_run_for(uv_loop_t *loop, unsigned ms)
{
    run(loop, ms, NULL, NULL);
}

void loop_prove_empty(uv_loop_t *loop)
{
    uv_run(loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(loop), 0);
}
