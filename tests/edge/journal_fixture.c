#include "edge/journal_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"

static const struct slice monitors[LEDGERS] = {SLICE_LITERAL("gi"), SLICE_LITERAL("ot")};

int journal_server_start(void **state)
{
    struct redis_server *server = memory_new(sizeof *server);
    redis_server_init(server);
    redis_server_start(server, NULL);
    *state = server;
    return 0;
}

int journal_server_end(void **state)
{
    redis_server_done(*state);
    memory_free(*state);
    return 0;
}

static void on_state(void *self, size_t ledger, const struct state *state)
{
    struct owner *owner = self;
    assert_true(ledger < LEDGERS_MOST);
    owner->states[ledger] = state;
    owner->states_told[ledger]++;
}

static void on_writable(void *self, bool writable)
{
    struct owner *owner = self;
    assert_int_not_equal(owner->writable, writable);
    assert_int_equal(journal_writable(owner->journal), writable);
    owner->writable = writable;
    owner->writable_told++;
}

void owner_open(struct owner *owner, const char *address,
                void (*change)(struct journal_options *options))
{
    *owner = (struct owner){0};
    uv_loop_init(&owner->loop);
    meter_init(&owner->meter);
    struct journal_options options = {
        .redis.address = address,
        .monitors = monitors,
        .monitor_count = LEDGERS,
        .deadline_ms = 1000,
        .in_flight = 1024,
        .meter = &owner->meter,
    };
    if (change != NULL) change(&options);
    const struct journal_listener listener = {
        .self = owner, .on_state = on_state, .on_writable = on_writable};
    owner->journal = journal_open(&owner->loop, &options, &listener);
    assert_false(journal_writable(owner->journal));
}

static void on_closed(void *self)
{
    struct owner *owner = self;
    assert_false(owner->closed);
    owner->closed = true;
}

static bool is_closed(const void *self)
{
    return ((const struct owner *)self)->closed;
}

void owner_close(struct owner *owner)
{
    struct journal *journal = owner->journal;
    owner->journal = NULL;
    if (journal != NULL) journal_close(journal, on_closed, owner);
}

void owner_done(struct owner *owner)
{
    owner_close(owner);
    loop_run_until(&owner->loop, is_closed, owner, "the journal's end");
    loop_prove_empty(&owner->loop);
    meter_done(&owner->meter);
}

static bool is_writable(const void *self)
{
    return ((const struct owner *)self)->writable;
}

static bool is_unwritable(const void *self)
{
    return !is_writable(self);
}

void owner_await_writable(struct owner *owner)
{
    loop_run_until(&owner->loop, is_writable, owner, "Redis taking commits");
}

void journal_patient(struct journal_options *options)
{
    options->deadline_ms = 15000;
}

void owner_start(struct owner *owner, const struct redis_server *server)
{
    owner_open(owner, server->address, NULL);
    owner_await_writable(owner);
}

void owner_await_unwritable(struct owner *owner)
{
    loop_run_until(&owner->loop, is_unwritable, owner, "Redis being gone");
}

static uint64_t now_ms(void)
{
    return uv_hrtime() / 1000000;
}

static void on_settled(void *self, const struct settlement *settlement)
{
    struct wish *wish = self;
    wish->told++;
    wish->told_ms = now_ms();
    wish->states_told = wish->owner->states_told[0];
    wish->settlement = *settlement;
}

static void on_synced(void *self, bool ok)
{
    struct wish *wish = self;
    wish->told++;
    wish->told_ms = now_ms();
    wish->synced = ok;
}

static void begin(struct wish *wish, struct owner *owner)
{
    *wish = (struct wish){.owner = owner, .asked_ms = now_ms()};
    uv_update_time(&owner->loop);
}

void wish_append(struct wish *wish, struct owner *owner, const char *text)
{
    wish_append_to(wish, owner, 0, text);
}

void wish_append_to(struct wish *wish, struct owner *owner, size_t ledger, const char *text)
{
    begin(wish, owner);
    struct draft draft = {.ledger = ledger};
    draft.fields[FIELD_KIND] = slice_of("opmerking");
    draft.fields[FIELD_BY] = slice_of("proef");
    draft.fields[FIELD_CONTENT] = slice_of(text);
    journal_append(owner->journal, &draft, on_settled, wish);
    assert_int_equal(wish->told, 0);
}

void wish_sync(struct wish *wish, struct owner *owner)
{
    begin(wish, owner);
    journal_sync(owner->journal, 0, on_synced, wish);
    assert_int_equal(wish->told, 0);
}

struct wishes {
    const struct wish *items;
    size_t count;
};

static bool are_told(const void *self)
{
    const struct wishes *wishes = self;
    for (size_t i = 0; i < wishes->count; i++) {
        if (wishes->items[i].told == 0) return false;
    }
    return true;
}

void wishes_await(struct wish *wishes, size_t count)
{
    const struct wishes all = {wishes, count};
    loop_run_until(&wishes->owner->loop, are_told, &all, "the settlements");
    for (size_t i = 0; i < count; i++)
        assert_int_equal(wishes[i].told, 1);
}

void owner_append_one(struct owner *owner, enum settlement_kind expected)
{
    struct wish wish;
    wish_append(&wish, owner, "one");
    wishes_await(&wish, 1);
    assert_int_equal(wish.settlement.kind, expected);
}

struct goal {
    const struct owner *owner;
    uint64_t count;
};

static bool is_reached(const void *self)
{
    const struct goal *goal = self;
    return state_count(goal->owner->states[0]) == goal->count;
}

void owner_await_count(struct owner *owner, uint64_t count)
{
    const struct goal goal = {owner, count};
    loop_run_until(&owner->loop, is_reached, &goal, "the log being folded");
}
