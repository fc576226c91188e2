/*
 * A handful of rendered pages. The log's length and head decide whether a page still holds, so a
 * log that was folded anew after a loss never meets a page of the one before it.
 */
#include "desk/metrics_cache.h"

#include "base/arena.h"
#include "base/memory.h"

/* A form for each of more viewers than scrape at the same time; one more costs a rendering. */
enum { CACHE_PAGES = 32 };

struct page {
    struct arena arena; /* the key's texts */
    struct metrics_key key;
    struct shared *text;
};

struct metrics_cache {
    struct page pages[CACHE_PAGES];
    size_t count;
    size_t oldest; /* the one that goes next once all are in use */
};

struct metrics_cache *metrics_cache_new(void)
{
    return memory_new(sizeof(struct metrics_cache));
}

static void page_done(struct page *page)
{
    arena_done(&page->arena);
    shared_drop(page->text);
}

void metrics_cache_free(struct metrics_cache *cache)
{
    if (cache == NULL) return;
    for (size_t i = 0; i < cache->count; i++)
        page_done(&cache->pages[i]);
    memory_free(cache);
}

/* Made for the same question, of whatever log. */
static bool same_question(const struct metrics_key *a, const struct metrics_key *b)
{
    return a->format == b->format && slice_equal(a->monitor, b->monitor) &&
           slice_equal(a->view, b->view);
}

struct shared *metrics_cache_find(const struct metrics_cache *cache, const struct metrics_key *key)
{
    for (size_t i = 0; i < cache->count; i++) {
        const struct page *page = &cache->pages[i];
        if (same_question(&page->key, key) && page->key.count == key->count &&
            digest_equal(&page->key.head, &key->head))
            return page->text;
    }
    return NULL;
}

static struct page *place_for(struct metrics_cache *cache, const struct metrics_key *key)
{
    for (size_t i = 0; i < cache->count; i++) {
        if (same_question(&cache->pages[i].key, key)) return &cache->pages[i];
    }
    if (cache->count < CACHE_PAGES) return &cache->pages[cache->count++];
    struct page *oldest = &cache->pages[cache->oldest];
    cache->oldest = (cache->oldest + 1) % CACHE_PAGES;
    return oldest;
}

void metrics_cache_put(struct metrics_cache *cache, const struct metrics_key *key,
                       struct shared *page)
{
    struct page *place = place_for(cache, key);
    page_done(place);
    arena_init(&place->arena);
    place->key = *key;
    place->key.monitor = arena_copy(&place->arena, key->monitor);
    place->key.view = arena_copy(&place->arena, key->view);
    place->text = shared_hold(page);
}
