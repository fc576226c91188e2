/* A Redis of our own: it comes, it comes back, it goes with its owner; and whatever happened to an
 * earlier owner, there is never a second server on one folder. */
#include "edge/redis_child.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "edge/redis_server.h"

enum { PATH_ROOM = 256 };

struct owner {
    uv_loop_t loop;
    struct redis_child *child;
    char folder[PATH_ROOM];
    char fault[256];
    bool closed;
    pid_t unwanted; /* a server that must be gone before another answers */
    pid_t pid;      /* of the server that answers */
};

static void owner_init(struct owner *owner, const char *folder)
{
    *owner = (struct owner){0};
    uv_loop_init(&owner->loop);
    snprintf(owner->folder, sizeof owner->folder, "%s", folder);
    owner->child = redis_child_open(&owner->loop, owner->folder, owner->fault);
}

static void owner_open(struct owner *owner, const char *folder)
{
    owner_init(owner, folder);
    if (owner->child == NULL) fail_msg("%s", owner->fault);
}

static void on_closed(void *self)
{
    struct owner *owner = self;
    owner->closed = true;
}

static bool is_closed(const void *self)
{
    return ((const struct owner *)self)->closed;
}

static void owner_done(struct owner *owner)
{
    if (owner->child != NULL) {
        redis_child_close(owner->child, on_closed, owner);
        loop_run_until(&owner->loop, is_closed, owner, "the server's end");
    }
    loop_prove_empty(&owner->loop);
}

/* A process that runs; one that has ended and not been waited for has no program any more. */
static bool is_alive(pid_t pid)
{
    char path[64], target[PATH_ROOM];
    snprintf(path, sizeof path, "/proc/%d/exe", (int)pid);
    return readlink(path, target, sizeof target) > 0;
}

static const char *socket_of(const struct owner *owner)
{
    return redis_child_address(owner->child) + strlen("unix:");
}

static pid_t parent_of(pid_t pid)
{
    char path[64], line[1024];
    int parent = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "re");
    if (file == NULL) return 0;
    if (fgets(line, sizeof line, file) != NULL && strrchr(line, ')') != NULL)
        sscanf(strrchr(line, ')') + 1, " %*c %d", &parent);
    fclose(file);
    return parent;
}

static bool answers_anew(const void *self)
{
    const struct owner *owner = self;
    pid_t pid;
    return redis_answers(socket_of(owner), &pid) && pid != owner->unwanted &&
           parent_of(pid) == getpid();
}

/* Waits for a server that this process started, other than `unwanted`, which has ended by then. */
static void await_answer(struct owner *owner)
{
    loop_run_until(&owner->loop, answers_anew, owner, "the private Redis");
    assert_true(redis_answers(socket_of(owner), &owner->pid));
    if (owner->unwanted != 0) assert_false(is_alive(owner->unwanted));
}

/* Whether nobody holds the server's lock. */
static bool is_lock_free(const char *folder)
{
    char path[PATH_ROOM + 8];
    snprintf(path, sizeof path, "%s/lock", folder);
    const int descriptor = open(path, O_RDWR | O_CLOEXEC);
    assert_true(descriptor >= 0);
    const bool is_free = flock(descriptor, LOCK_EX | LOCK_NB) == 0;
    close(descriptor);
    return is_free;
}

static void ask(const char *socket, const char *command, const char *expected)
{
    redisContext *context = redisConnectUnix(socket);
    assert_non_null(context);
    assert_int_equal(context->err, 0);
    redisReply *reply = redisCommand(context, command);
    assert_non_null(reply);
    assert_string_equal(reply->type == REDIS_REPLY_ARRAY ? reply->element[1]->str : reply->str,
                        expected);
    freeReplyObject(reply);
    redisFree(context);
}

static void it_starts_answers_and_ends(void **state)
{
    (void)state;
    char folder[FOLDER_ROOM], inner[PATH_ROOM];
    struct owner owner;
    struct stat status;
    folder_make(folder);
    snprintf(inner, sizeof inner, "%s/data", folder);
    owner_open(&owner, inner);
    await_answer(&owner);
    assert_int_equal(stat(inner, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    assert_int_equal(stat(socket_of(&owner), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    ask(socket_of(&owner), "CONFIG GET appendonly", "yes");
    ask(socket_of(&owner), "CONFIG GET appendfsync", "always");
    ask(socket_of(&owner), "CONFIG GET save", "");
    ask(socket_of(&owner), "CONFIG GET port", "0");
    assert_false(is_lock_free(inner));
    owner_done(&owner);
    assert_false(is_alive(owner.pid));
    assert_true(is_lock_free(inner));
    folder_remove(folder);
}

static void a_killed_server_is_started_again_with_its_data(void **state)
{
    (void)state;
    char folder[FOLDER_ROOM];
    struct owner owner;
    folder_make(folder);
    owner_open(&owner, folder);
    await_answer(&owner);
    ask(socket_of(&owner), "SET key kept", "OK");
    for (int i = 0; i < 2; i++) {
        owner.unwanted = owner.pid;
        assert_int_equal(kill(owner.pid, SIGKILL), 0);
        await_answer(&owner);
        ask(socket_of(&owner), "GET key", "kept");
    }
    owner_done(&owner);
    folder_remove(folder);
}

static void a_second_gimon_is_turned_away(void **state)
{
    (void)state;
    char folder[FOLDER_ROOM];
    struct owner first, second;
    folder_make(folder);
    owner_open(&first, folder);
    await_answer(&first);
    owner_init(&second, folder);
    assert_null(second.child);
    assert_non_null(strstr(second.fault, "another gimon uses"));
    owner_done(&second);
    assert_true(is_alive(first.pid));
    owner_done(&first);
    folder_remove(folder);
}

/* A gimon in a process of its own, which runs until it is killed. */
static pid_t start_other_gimon(const char *folder)
{
    int ends[2];
    char byte;
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    const pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        struct owner owner;
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        owner_init(&owner, folder);
        if (owner.child == NULL || write(ends[1], "x", 1) != 1) _exit(1);
        uv_run(&owner.loop, UV_RUN_DEFAULT);
        _exit(0);
    }
    close(ends[1]);
    assert_int_equal(read(ends[0], &byte, 1), 1);
    close(ends[0]);
    return pid;
}

static void kill_hard(pid_t pid)
{
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
}

/* Another gimon is killed hard, its Redis lives on, and we start at once in the same folder. */
static void an_orphan_is_ended_before_a_server_starts(void **state)
{
    (void)state;
    char folder[FOLDER_ROOM], socket[PATH_ROOM];
    struct owner owner;
    pid_t orphan = 0;
    folder_make(folder);
    snprintf(socket, sizeof socket, "%s/redis.sock", folder);
    const pid_t other = start_other_gimon(folder);
    while (!redis_answers(socket, &orphan))
        usleep(1000);
    ask(socket, "SET key confirmed", "OK");
    kill_hard(other);
    assert_true(is_alive(orphan));
    assert_false(is_lock_free(folder));

    owner_open(&owner, folder);
    owner.unwanted = orphan;
    await_answer(&owner);
    ask(socket, "GET key", "confirmed");
    owner_done(&owner);
    assert_true(is_lock_free(folder));
    folder_remove(folder);
}

/* Killed again and again before its server has even begun to listen: one is left in the end. */
static void a_gimon_killed_at_its_start_leaves_no_second_server(void **state)
{
    (void)state;
    char folder[FOLDER_ROOM];
    struct owner owner;
    folder_make(folder);
    for (int i = 0; i < 5; i++)
        kill_hard(start_other_gimon(folder));
    owner_open(&owner, folder);
    await_answer(&owner);
    ask(socket_of(&owner), "SET key here", "OK");
    owner_done(&owner);
    assert_true(is_lock_free(folder));
    folder_remove(folder);
}

/* Somebody removed the lock file under a living orphan: it still answers, so it still counts. */
static void an_orphan_without_its_lock_file_is_ended_too(void **state)
{
    (void)state;
    char folder[FOLDER_ROOM], path[PATH_ROOM];
    struct owner owner;
    pid_t orphan = 0;
    folder_make(folder);
    const pid_t other = start_other_gimon(folder);
    snprintf(path, sizeof path, "%s/redis.sock", folder);
    while (!redis_answers(path, &orphan))
        usleep(1000);
    kill_hard(other);
    snprintf(path, sizeof path, "%s/lock", folder);
    assert_int_equal(unlink(path), 0);
    owner_open(&owner, folder);
    owner.unwanted = orphan;
    await_answer(&owner);
    owner_done(&owner);
    folder_remove(folder);
}

/* An orphan that does not hear SIGTERM is killed; it was stopped here. */
static void an_orphan_that_hangs_is_killed(void **state)
{
    (void)state;
    char folder[FOLDER_ROOM], path[PATH_ROOM];
    struct owner owner;
    pid_t orphan = 0;
    folder_make(folder);
    const pid_t other = start_other_gimon(folder);
    snprintf(path, sizeof path, "%s/redis.sock", folder);
    while (!redis_answers(path, &orphan))
        usleep(1000);
    kill_hard(other);
    assert_int_equal(kill(orphan, SIGSTOP), 0);
    owner_open(&owner, folder);
    loop_run_for(&owner.loop, 5500);
    owner.unwanted = orphan;
    await_answer(&owner);
    owner_done(&owner);
    folder_remove(folder);
}

/* A path that no socket address holds is reached by way of the folder's descriptor. */
static void a_long_path_works(void **state)
{
    (void)state;
    char folder[FOLDER_ROOM], inner[PATH_ROOM];
    struct owner owner;
    folder_make(folder);
    snprintf(inner, sizeof inner, "%s/%0120d", folder, 0);
    owner_open(&owner, inner);
    assert_true(strlen(socket_of(&owner)) < SOCKET_ROOM);
    await_answer(&owner);
    owner_done(&owner);
    folder_remove(folder);
}

static void what_cannot_be_is_said_at_once(void **state)
{
    (void)state;
    static const char *const folders[] = {"/nonexistent/deeper/data", "/dev/null", "/tmp", ""};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        struct owner owner;
        owner_init(&owner, folders[i]);
        assert_null(owner.child);
        assert_int_not_equal(owner.fault[0], '\0');
        owner_done(&owner);
    }
}

/* Closed before the loop has turned once. */
static void it_may_be_closed_at_once(void **state)
{
    (void)state;
    char folder[FOLDER_ROOM];
    struct owner owner;
    folder_make(folder);
    owner_open(&owner, folder);
    owner_done(&owner);
    assert_true(is_lock_free(folder));
    folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_starts_answers_and_ends),
        cmocka_unit_test(a_killed_server_is_started_again_with_its_data),
        cmocka_unit_test(a_second_gimon_is_turned_away),
        cmocka_unit_test(an_orphan_is_ended_before_a_server_starts),
        cmocka_unit_test(a_gimon_killed_at_its_start_leaves_no_second_server),
        cmocka_unit_test(an_orphan_without_its_lock_file_is_ended_too),
        cmocka_unit_test(an_orphan_that_hangs_is_killed),
        cmocka_unit_test(a_long_path_works),
        cmocka_unit_test(what_cannot_be_is_said_at_once),
        cmocka_unit_test(it_may_be_closed_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
