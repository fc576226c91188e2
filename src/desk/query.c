/*
 * The query of a request: keys are known or not by the route's row, values are read by the keys'
 * own rules. Nothing stops at the first mistake: a client learns everything at once.
 */
#include "desk/query.h"

#include "base/nearest.h"
#include "core/finding_code.h"

/* Longer lists are left out of `verwacht`. */
enum { ALLOWED_SHOWN = 12 };

bool query_value(const struct visit *visit, enum route_key key, struct slice *ret_value)
{
    return request_find_query(visit->request, route_key_text(key), ret_value);
}

/* `a, b, c`, or nothing where that would be long. */
static struct slice join(const struct slice *words, size_t count, struct arena *arena)
{
    struct slice joined = {0};
    if (count > ALLOWED_SHOWN) return joined;
    for (size_t i = 0; i < count; i++) {
        joined = arena_print(arena, "%.*s%s%.*s", (int)joined.len, i > 0 ? joined.ptr : "",
                             i > 0 ? ", " : "", (int)words[i].len, words[i].ptr);
    }
    return joined;
}

static struct slice suggest(const char *sentence, const struct slice *nearest, struct arena *arena)
{
    if (nearest == NULL) return arena_print(arena, "%s.", sentence);
    return arena_print(arena, "%s. Bedoelde u \"%.*s\"?", sentence, (int)nearest->len,
                       nearest->ptr);
}

void query_find_unknown(struct visit *visit, enum route_key key, struct slice value,
                        const struct slice *known, size_t known_count)
{
    struct arena *arena = visit->request->arena;
    const struct slice *nearest = nearest_word(value, known, known_count);
    visit_find(visit, (struct finding){
                          .code = finding_code_id(CODE_BAD_VALUE),
                          .place = slice_of(route_key_text(key)),
                          .found = value,
                          .allowed = join(known, known_count, arena),
                          .message = suggest("Deze waarde bestaat hier niet", nearest, arena)});
}

void query_find_bad(struct visit *visit, enum route_key key, struct slice value,
                    const char *message)
{
    visit_find(visit, (struct finding){.code = finding_code_id(CODE_BAD_VALUE),
                                       .place = slice_of(route_key_text(key)),
                                       .found = value,
                                       .message = slice_of(message)});
}

/* The keys of the route, as words. */
static size_t known_keys(const struct route *route, struct slice *ret_known)
{
    size_t count = 0;
    for (unsigned i = 0; i < KEY_COUNT; i++) {
        if (route->keys & ROUTE_BIT(i)) {
            ret_known[count++] = slice_of(route_key_text((enum route_key)i));
        }
    }
    return count;
}

static bool given_before(const struct request *request, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (slice_equal(request->queries[i].key, request->queries[index].key)) return true;
    }
    return false;
}

static void find_unknown_key(struct visit *visit, const struct query *query,
                             const struct slice *known, size_t count)
{
    struct arena *arena = visit->request->arena;
    const struct slice *nearest = nearest_word(query->key, known, count);
    visit_find(visit, (struct finding){
                          .code = finding_code_id(CODE_UNKNOWN_KEY),
                          .place = query->key,
                          .found = query->value,
                          .allowed = join(known, count, arena),
                          .message = suggest("Deze sleutel bestaat hier niet", nearest, arena)});
}

static void find_double_key(struct visit *visit, const struct query *query)
{
    visit_find(visit, (struct finding){.code = finding_code_id(CODE_DUPLICATE_KEY),
                                       .place = query->key,
                                       .found = query->value,
                                       .message = slice_of("Deze sleutel staat er twee keer; geef "
                                                           "hem één keer.")});
}

static void check_keys(struct visit *visit)
{
    const struct request *request = visit->request;
    struct slice known[KEY_COUNT];
    const size_t count = known_keys(visit->match.route, known);
    for (size_t i = 0; i < request->query_count; i++) {
        if (!slice_listed(known, count, request->queries[i].key))
            find_unknown_key(visit, &request->queries[i], known, count);
        else if (given_before(request, i))
            find_double_key(visit, &request->queries[i]);
    }
}

static void read_format(struct visit *visit)
{
    const unsigned formats = visit->match.route->formats;
    struct slice value;
    if (!query_value(visit, KEY_FORMAT, &value)) return;
    visit->format_given = format_parse(value, formats, &visit->format);
    if (visit->format_given) return;

    struct slice words[FORMAT_COUNT];
    size_t count = 0;
    for (unsigned i = 0; i < FORMAT_COUNT; i++) {
        const char *word = format_word((enum format)i);
        if ((formats & FORMAT_BIT(i)) && word != NULL) words[count++] = slice_of(word);
    }
    query_find_unknown(visit, KEY_FORMAT, value, words, count);
}

static void read_language(struct visit *visit)
{
    static const struct slice words[] = {SLICE_LITERAL("nl")};
    struct slice value;
    if (!query_value(visit, KEY_LANGUAGE, &value)) return;
    if (slice_equal(value, words[0]))
        visit->language = LANGUAGE_DUTCH;
    else
        query_find_unknown(visit, KEY_LANGUAGE, value, words, 1);
}

void query_read(struct visit *visit)
{
    const struct route *route = visit->match.route;
    check_keys(visit);
    if (route->keys & ROUTE_BIT(KEY_FORMAT)) read_format(visit);
    if (route->keys & ROUTE_BIT(KEY_LANGUAGE)) read_language(visit);
    if (route->ask != NULL) route->ask(visit);
}
