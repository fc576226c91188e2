/*
 * getaddrinfo(3) on libuv's threads. Happy path: the name comes to one or more addresses, which are
 * told as numbers. It fails with the resolver's sentence. Whoever no longer wants to know forgets
 * it; the memory goes when the thread is done.
 */
#include "edge/redis_lookup.h"

#include "base/memory.h"

struct redis_lookup {
    uv_getaddrinfo_t request;
    int port;
    redis_looked_up *done; /* NULL once forgotten */
    void *self;
};

static void on_looked_up(uv_getaddrinfo_t *request, int status, struct addrinfo *first)
{
    const struct redis_lookup lookup = *(struct redis_lookup *)request->data;
    struct redis_addresses found = {0};
    memory_free(request->data);
    if (status == 0) redis_addresses_take(first, lookup.port, &found);
    uv_freeaddrinfo(first);
    if (lookup.done == NULL) return;
    if (found.count > 0)
        lookup.done(lookup.self, &found, NULL);
    else
        lookup.done(lookup.self, NULL, status != 0 ? uv_strerror(status) : "it has no address");
}

struct redis_lookup *redis_lookup_begin(uv_loop_t *loop, const struct redis_address *name,
                                        redis_looked_up *done, void *self)
{
    static const struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    struct redis_lookup *lookup = memory_new(sizeof *lookup);
    *lookup = (struct redis_lookup){.port = name->port, .done = done, .self = self};
    lookup->request.data = lookup;
    if (uv_getaddrinfo(loop, &lookup->request, on_looked_up, name->host, NULL, &hints) == 0)
        return lookup;
    memory_free(lookup);
    return NULL;
}

void redis_lookup_forget(struct redis_lookup *lookup)
{
    if (lookup == NULL) return;
    lookup->done = NULL;
    uv_cancel((uv_req_t *)&lookup->request); /* still in the queue: it ends at once */
}
