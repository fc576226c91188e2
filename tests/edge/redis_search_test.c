/* Where is Redis? Paths and numbers are what they are, names are looked up, sentinels are asked in
 * turn; what cannot be found is said in one sentence, and whoever no longer asks leaves nothing. */
#include "edge/redis_search.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "edge/redis_server.h"

enum { CLIENTS = 2, HEARD_ROOM = 512, ADDRESS_ROOM = 64, PATIENCE_MS = 1000 };

/* RFC 6761, 6.4: no name below it exists, and no resolver needs to ask for it. */
#define NO_NAME "sentinel.invalid:6379"

/* ---- a sentinel that says what the test wants ---- */

struct sentinel {
    uv_tcp_t listener, clients[CLIENTS];
    const char *says; /* to whatever it is asked; NULL: nothing */
    char heard[HEARD_ROOM];
    size_t heard_length;
    unsigned connections;
    char address[ADDRESS_ROOM];
};

static void allocate(uv_handle_t *handle, size_t suggested, uv_buf_t *ret_buffer)
{
    struct sentinel *sentinel = handle->data;
    (void)suggested;
    ret_buffer->base = sentinel->heard + sentinel->heard_length;
    ret_buffer->len = HEARD_ROOM - sentinel->heard_length - 1;
}

static void close_client(uv_tcp_t *client)
{
    if (uv_is_closing((const uv_handle_t *)client) == 0) uv_close((uv_handle_t *)client, NULL);
}

static void on_heard(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer)
{
    struct sentinel *sentinel = stream->data;
    (void)buffer;
    if (length < 0) {
        close_client((uv_tcp_t *)stream);
        return;
    }
    sentinel->heard_length += (size_t)length;
    if (sentinel->says == NULL) return;
    char copy[HEARD_ROOM];
    snprintf(copy, sizeof copy, "%s", sentinel->says);
    uv_buf_t answer = uv_buf_init(copy, (unsigned)strlen(copy));
    if (answer.len > 0)
        assert_int_equal(uv_try_write(stream, &answer, 1), answer.len);
    else
        close_client((uv_tcp_t *)stream);
}

static void on_connection(uv_stream_t *listener, int status)
{
    struct sentinel *sentinel = listener->data;
    assert_int_equal(status, 0);
    assert_true(sentinel->connections < CLIENTS);
    uv_tcp_t *client = &sentinel->clients[sentinel->connections++];
    uv_tcp_init(listener->loop, client);
    client->data = sentinel;
    assert_int_equal(uv_accept(listener, (uv_stream_t *)client), 0);
    uv_read_start((uv_stream_t *)client, allocate, on_heard);
}

static void sentinel_open(struct sentinel *sentinel, uv_loop_t *loop, const char *says)
{
    struct sockaddr_in name;
    int length = sizeof name;
    *sentinel = (struct sentinel){.says = says};
    uv_tcp_init(loop, &sentinel->listener);
    sentinel->listener.data = sentinel;
    uv_ip4_addr("127.0.0.1", 0, &name);
    assert_int_equal(uv_tcp_bind(&sentinel->listener, (const struct sockaddr *)&name, 0), 0);
    assert_int_equal(uv_listen((uv_stream_t *)&sentinel->listener, 4, on_connection), 0);
    uv_tcp_getsockname(&sentinel->listener, (struct sockaddr *)&name, &length);
    snprintf(sentinel->address, sizeof sentinel->address, "127.0.0.1:%d", ntohs(name.sin_port));
}

static void sentinel_close(struct sentinel *sentinel)
{
    for (unsigned i = 0; i < sentinel->connections; i++)
        close_client(&sentinel->clients[i]);
    uv_close((uv_handle_t *)&sentinel->listener, NULL);
    uv_run(sentinel->listener.loop, UV_RUN_NOWAIT); /* its memory is the test's */
}

/* ---- what a search comes to ---- */

struct outcome {
    unsigned told;
    struct redis_addresses found;
    char fault[512];
};

static void on_found(void *self, const struct redis_addresses *found, const char *fault)
{
    struct outcome *outcome = self;
    outcome->told++;
    assert_true((found == NULL) != (fault == NULL));
    if (found != NULL) outcome->found = *found;
    if (fault != NULL) snprintf(outcome->fault, sizeof outcome->fault, "%s", fault);
}

static bool is_told(const void *self)
{
    return ((const struct outcome *)self)->told > 0;
}

static struct outcome search(uv_loop_t *loop, const struct redis_target *target)
{
    struct outcome outcome = {0};
    assert_non_null(redis_search_begin(loop, target, 0, on_found, &outcome));
    assert_int_equal(outcome.told, 0);
    loop_run_until(loop, is_told, &outcome, "the outcome of a search");
    assert_int_equal(outcome.told, 1);
    return outcome;
}

static void expect_only(const struct outcome *outcome, enum endpoint_kind kind, const char *text)
{
    char at[REDIS_ADDRESS_ROOM];
    assert_string_equal(outcome->fault, "");
    assert_int_equal(outcome->found.count, 1);
    assert_int_equal(outcome->found.items[0].kind, kind);
    redis_address_print(&outcome->found.items[0], at);
    assert_string_equal(at, text);
}

static void expect_fault(const struct outcome *outcome, const char *words)
{
    assert_int_equal(outcome->found.count, 0);
    if (strstr(outcome->fault, words) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", outcome->fault, words);
}

static int open_loop(void **state)
{
    static uv_loop_t loop;
    *state = &loop;
    return uv_loop_init(&loop);
}

static int prove_empty(void **state)
{
    loop_prove_empty(*state);
    return 0;
}

/* ---- without sentinels ---- */

static void paths_and_numbers_are_what_they_are(void **state)
{
    static const char *const texts[] = {"127.0.0.1:6379", "[::1]:6379", "unix:/run/redis.sock"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const struct redis_target target = {.address = texts[i]};
        const struct outcome outcome = search(*state, &target);
        expect_only(&outcome, texts[i][0] == 'u' ? ENDPOINT_PATH : ENDPOINT_NUMBER, texts[i]);
    }
}

static void a_name_becomes_numbers_each_once(void **state)
{
    const struct redis_target target = {.address = "localhost:6379"};
    const struct outcome outcome = search(*state, &target);
    assert_string_equal(outcome.fault, "");
    assert_true(outcome.found.count > 0);
    for (size_t i = 0; i < outcome.found.count; i++) {
        const struct redis_address *one = &outcome.found.items[i];
        assert_int_equal(one->kind, ENDPOINT_NUMBER);
        assert_int_equal(one->port, 6379);
        assert_true(strcmp(one->host, "127.0.0.1") == 0 || strcmp(one->host, "::1") == 0);
        for (size_t j = 0; j < i; j++)
            assert_false(redis_address_equal(one, &outcome.found.items[j]));
    }
}

static void what_is_no_address_is_one_sentence(void **state)
{
    static const char long_path[] =
        "unix:/"
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        "aaaaaaaaaaaaaaaaaaaa";
    static const char *const wrong[] = {"127.0.0.1", "127.0.0.1:66666", "", long_path};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const struct redis_target target = {.address = wrong[i]};
        const struct outcome outcome = search(*state, &target);
        expect_fault(&outcome, "neither a host with a port nor a path under 108 bytes");
    }
}

/* ---- with sentinels ---- */

static struct redis_target watch(const struct slice *sentinels, size_t count)
{
    return (struct redis_target){
        .sentinels = sentinels, .sentinel_count = count, .master = "gimon"};
}

static void a_sentinel_names_the_master(void **state)
{
    struct sentinel sentinel;
    sentinel_open(&sentinel, *state, "*2\r\n$9\r\n127.0.0.9\r\n$4\r\n7001\r\n");
    const struct slice sentinels[] = {slice_of(sentinel.address)};
    const struct redis_target target = watch(sentinels, 1);
    const struct outcome outcome = search(*state, &target);
    expect_only(&outcome, ENDPOINT_NUMBER, "127.0.0.9:7001");
    assert_string_equal(
        sentinel.heard,
        "*3\r\n$8\r\nSENTINEL\r\n$23\r\nGET-MASTER-ADDR-BY-NAME\r\n$5\r\ngimon\r\n");
    sentinel_close(&sentinel);
}

static void a_sentinel_is_given_its_own_password(void **state)
{
    struct sentinel sentinel;
    sentinel_open(&sentinel, *state, "+OK\r\n*2\r\n$3\r\n::1\r\n$4\r\n7001\r\n");
    const struct slice sentinels[] = {slice_of(sentinel.address)};
    struct redis_target target = watch(sentinels, 1);
    target.password = "of the master";
    target.sentinel_user = "wacht";
    target.sentinel_password = "woord";
    const struct outcome outcome = search(*state, &target);
    expect_only(&outcome, ENDPOINT_NUMBER, "[::1]:7001");
    assert_non_null(
        strstr(sentinel.heard, "*3\r\n$4\r\nAUTH\r\n$5\r\nwacht\r\n$5\r\nwoord\r\n*3\r\n"));
    assert_null(strstr(sentinel.heard, "of the master"));
    sentinel_close(&sentinel);
}

/* A master may be announced by its name, and a sentinel may be listed by one. */
static void names_are_looked_up_on_the_way(void **state)
{
    struct sentinel sentinel;
    char by_name[ADDRESS_ROOM];
    sentinel_open(&sentinel, *state, "*2\r\n$9\r\nlocalhost\r\n$4\r\n7001\r\n");
    snprintf(by_name, sizeof by_name, "localhost%s", strchr(sentinel.address, ':'));
    const struct slice sentinels[] = {slice_of(by_name)};
    const struct redis_target target = watch(sentinels, 1);
    const struct outcome outcome = search(*state, &target);
    assert_string_equal(outcome.fault, "");
    assert_true(outcome.found.count > 0);
    for (size_t i = 0; i < outcome.found.count; i++) {
        assert_int_equal(outcome.found.items[i].kind, ENDPOINT_NUMBER);
        assert_int_equal(outcome.found.items[i].port, 7001);
    }
    sentinel_close(&sentinel);
}

/* A port that is ours and that nobody listens on. */
static int bind_closed(char ret_address[static ADDRESS_ROOM])
{
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof name;
    const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(descriptor, (const struct sockaddr *)&name, length), 0);
    assert_int_equal(getsockname(descriptor, (struct sockaddr *)&name, &length), 0);
    snprintf(ret_address, ADDRESS_ROOM, "127.0.0.1:%d", ntohs(name.sin_port));
    return descriptor;
}

/* Dead, forgetful, confused, odd, rude, nameless: the seventh knows. */
static void sentinels_are_asked_in_turn(void **state)
{
    struct sentinel forgetful, confused, odd, rude, good;
    char closed[ADDRESS_ROOM];
    const int descriptor = bind_closed(closed);
    sentinel_open(&forgetful, *state, "*-1\r\n");
    sentinel_open(&confused, *state, "-IDONTKNOW I have not heard of it\r\n");
    sentinel_open(&odd, *state, "*2\r\n$9\r\n127.0.0.9\r\n:1\r\n");
    sentinel_open(&rude, *state, "");
    sentinel_open(&good, *state, "*2\r\n$9\r\n127.0.0.9\r\n$4\r\n7001\r\n");
    const struct slice sentinels[] = {slice_of(closed),           slice_of(forgetful.address),
                                      slice_of(confused.address), slice_of(odd.address),
                                      slice_of(rude.address),     slice_of(NO_NAME),
                                      slice_of(good.address)};
    const struct redis_target all = watch(sentinels, 7);
    const struct outcome outcome = search(*state, &all);
    expect_only(&outcome, ENDPOINT_NUMBER, "127.0.0.9:7001");
    static const char *const said[] = {"Connection refused", "watches over no master",
                                       "IDONTKNOW",          "its answer is no address",
                                       "Server closed",      "sentinel.invalid"};
    for (size_t i = 0; i < 6; i++) {
        const struct redis_target one = watch(&sentinels[i], 1);
        const struct outcome refused = search(*state, &one);
        expect_fault(&refused, "no sentinel names the master gimon; the last, ");
        expect_fault(&refused, said[i]);
    }
    sentinel_close(&forgetful);
    sentinel_close(&confused);
    sentinel_close(&odd);
    sentinel_close(&rude);
    sentinel_close(&good);
    close(descriptor);
}

static void a_silent_sentinel_is_left_after_a_second(void **state)
{
    struct sentinel silent, good;
    sentinel_open(&silent, *state, NULL);
    sentinel_open(&good, *state, "*2\r\n$9\r\n127.0.0.9\r\n$4\r\n7001\r\n");
    const struct slice sentinels[] = {slice_of(silent.address), slice_of(good.address)};
    const struct redis_target target = watch(sentinels, 2);
    const uint64_t begun = uv_hrtime();
    const struct outcome outcome = search(*state, &target);
    expect_only(&outcome, ENDPOINT_NUMBER, "127.0.0.9:7001");
    assert_true(uv_hrtime() - begun >= PATIENCE_MS * 1000000U);
    sentinel_close(&silent);
    sentinel_close(&good);
}

/* Who was misled begins with another one, and comes round. */
static void a_search_may_begin_with_any_of_them(void **state)
{
    struct sentinel sentinels[2];
    sentinel_open(&sentinels[0], *state, "*2\r\n$9\r\n127.0.0.9\r\n$4\r\n7001\r\n");
    sentinel_open(&sentinels[1], *state, "*-1\r\n");
    const struct slice names[] = {slice_of(sentinels[0].address), slice_of(sentinels[1].address)};
    const struct redis_target target = watch(names, 2);
    struct outcome outcome = {0};
    assert_non_null(redis_search_begin(*state, &target, 5, on_found, &outcome));
    loop_run_until(*state, is_told, &outcome, "the outcome of a search");
    expect_only(&outcome, ENDPOINT_NUMBER, "127.0.0.9:7001");
    assert_int_equal(sentinels[1].connections, 1);
    sentinel_close(&sentinels[0]);
    sentinel_close(&sentinels[1]);
}

/* ---- forgotten ---- */

static bool has_heard(const void *self)
{
    return ((const struct sentinel *)self)->heard_length > 0;
}

/* Before it began, while a name is looked up, while a sentinel thinks: it is never told. */
static void a_forgotten_search_tells_nobody(void **state)
{
    struct sentinel silent;
    struct outcome outcome = {0};
    sentinel_open(&silent, *state, NULL);
    const struct slice sentinels[] = {slice_of(silent.address)};
    const struct redis_target named = {.address = "localhost:6379"};
    const struct redis_target watched = watch(sentinels, 1);
    redis_search_forget(NULL);
    redis_search_forget(redis_search_begin(*state, &named, 0, on_found, &outcome));
    struct redis_search *looking = redis_search_begin(*state, &named, 0, on_found, &outcome);
    uv_run(*state, UV_RUN_NOWAIT);
    if (outcome.told == 0) redis_search_forget(looking);
    const unsigned told = outcome.told; /* a quick resolver may have been first */
    struct redis_search *asking = redis_search_begin(*state, &watched, 0, on_found, &outcome);
    loop_run_until(*state, has_heard, &silent, "the question");
    redis_search_forget(asking);
    sentinel_close(&silent);
    loop_run_for(*state, 50);
    assert_int_equal(outcome.told, told);
}

#define SEARCH_TEST(test) cmocka_unit_test_setup_teardown(test, open_loop, prove_empty)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SEARCH_TEST(paths_and_numbers_are_what_they_are),
        SEARCH_TEST(a_name_becomes_numbers_each_once),
        SEARCH_TEST(what_is_no_address_is_one_sentence),
        SEARCH_TEST(a_sentinel_names_the_master),
        SEARCH_TEST(a_sentinel_is_given_its_own_password),
        SEARCH_TEST(names_are_looked_up_on_the_way),
        SEARCH_TEST(sentinels_are_asked_in_turn),
        SEARCH_TEST(a_silent_sentinel_is_left_after_a_second),
        SEARCH_TEST(a_search_may_begin_with_any_of_them),
        SEARCH_TEST(a_forgotten_search_tells_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
