/*
 * Four files make a rulebook: a monitor's definition, the register, the regions and the calendars;
 * and as many more as there are published documents. Each file becomes a tree, each part of a tree
 * is read by its own room (codec/rulebook_parts), in the order of what refers to what.
 *
 * Happy path: no fault, and the trees are written down as the canonical text that the log
 * keeps. Reading that text again goes through the same rooms and gives the same rulebook. With any
 * fault there is no rulebook, only the faults, all of them, in the order of the files' lines.
 */
#include "codec/rulebook_yaml.h"

#include "codec/rulebook_parts.h"

static const struct schema_key MONITOR_TABLE[] = {
    [MONITOR_ID] = {.name = SLICE_LITERAL("monitor"), .type = SCHEMA_TEXT, .required = true},
    [MONITOR_NAME] = {.name = SLICE_LITERAL("naam"), .type = SCHEMA_TEXT, .required = true},
    [MONITOR_OWNER] = {.name = SLICE_LITERAL("eigenaar"), .type = SCHEMA_TEXT},
    [MONITOR_DESCRIPTION] = {.name = SLICE_LITERAL("omschrijving"), .type = SCHEMA_TEXT},
    [MONITOR_SOURCES] = {.name = SLICE_LITERAL("bronnen"), .type = SCHEMA_MAP},
    [MONITOR_MEASURES] = {.name = SLICE_LITERAL("cijfers"), .type = SCHEMA_MAP, .required = true},
    [MONITOR_INDICATORS] = {.name = SLICE_LITERAL("indicatoren"), .type = SCHEMA_MAP},
    [MONITOR_NORMS] = {.name = SLICE_LITERAL("normen"), .type = SCHEMA_LIST},
    [MONITOR_PEILDATA] = {.name = SLICE_LITERAL("peildata"), .type = SCHEMA_LIST, .required = true},
    [MONITOR_CHECKS] = {.name = SLICE_LITERAL("controles"), .type = SCHEMA_LIST},
    [MONITOR_TABLES] = {.name = SLICE_LITERAL("tabellen"), .type = SCHEMA_MAP},
    [MONITOR_DISCLOSURE] = {.name = SLICE_LITERAL("openbaarmaking"), .type = SCHEMA_MAP},
};
static const struct schema MONITOR_SCHEMA = {.keys = MONITOR_TABLE, .count = MONITOR_KEYS};

/** The trees; NULL where a file could not be read at all, or nothing was published. */
struct trees {
    const struct node *monitor;
    const struct node *organisations;
    const struct node *regions;
    const struct node *calendars;
    const struct node *published; /* a map by document */
};

static void monitor_read(const struct making *making, const struct node *file)
{
    struct schema_value values[MONITOR_KEYS];
    struct monitor *monitor = &making->rulebook->monitor;
    if (!schema_read(&MONITOR_SCHEMA, file, "this file", making->faults, values)) return;
    monitor->id = values[MONITOR_ID].text;
    if (values[MONITOR_ID].present)
        schema_check_id(monitor->id, ID_KEBAB, values[MONITOR_ID].place, making->faults);
    monitor->name = values[MONITOR_NAME].text;
    monitor->owner = values[MONITOR_OWNER].text;
    monitor->description = values[MONITOR_DESCRIPTION].text;
    sources_read(making, &values[MONITOR_SOURCES]);
    measures_read(making, &values[MONITOR_MEASURES]);
    struct indicator *indicators = indicators_read(making, &values[MONITOR_INDICATORS]);
    norms_read(making, &values[MONITOR_NORMS]);
    versions_read(making, &values[MONITOR_INDICATORS], indicators);
    peildata_read(making, &values[MONITOR_PEILDATA]);
    checks_read(making, &values[MONITOR_CHECKS]);
    tables_read(making, &values[MONITOR_TABLES]);
    disclosure_read(making, &values[MONITOR_DISCLOSURE]);
}

static void put_member(struct text *text, const char *key, const struct node *node)
{
    text_putc(text, text->len == 0 ? '{' : ',');
    yaml_put_string(text, slice_of(key));
    text_putc(text, ':');
    node_put_canonical(text, node);
}

static struct slice canonical_of(const struct trees *trees, struct arena *arena)
{
    struct text text;
    text_init(&text);
    put_member(&text, "monitor", trees->monitor);
    put_member(&text, "organisaties", trees->organisations);
    put_member(&text, "regios", trees->regions);
    put_member(&text, "kalender", trees->calendars);
    if (trees->published != NULL) put_member(&text, "gepubliceerd", trees->published);
    text_putc(&text, '}');
    struct slice canonical = arena_copy(arena, text_slice(&text));
    text_done(&text);
    return canonical;
}

/**
 * Reads what could be parsed, so that a slip in one file does not hide those in the others; only
 * published figures wait until the monitor that they refer to is right.
 */
static void trees_read(const struct making *making, const struct trees *trees)
{
    const size_t before = making->faults->count;
    if (trees->calendars != NULL) calendars_read(making, trees->calendars);
    if (trees->regions != NULL) regions_read(making, trees->regions);
    if (trees->organisations != NULL && trees->regions != NULL)
        organisations_read(making, trees->organisations);
    if (trees->monitor != NULL && trees->calendars != NULL) monitor_read(making, trees->monitor);
    if (trees->published != NULL && making->faults->count == before)
        publications_read(making, trees->published);
}

/** The last step of both ways in: a rulebook without faults, or none. */
static struct rulebook *conclude(const struct making *making, const struct trees *trees,
                                 size_t before)
{
    if (making->faults->count > before) {
        faults_order(making->faults, before);
        rulebook_free(making->rulebook);
        return NULL;
    }
    making->rulebook->canonical = canonical_of(trees, &making->rulebook->arena);
    return making->rulebook;
}

/** `conf/monitors/gi.yaml` -> `conf/monitors/` and `gi`; false where it is not called so. */
static bool cut_path(struct slice path, struct slice *ret_folder, struct slice *ret_stem)
{
    const struct slice suffix = SLICE_LITERAL(".yaml");
    size_t from = path.len;
    while (from > 0 && path.ptr[from - 1] != '/')
        from--;
    if (path.len - from < suffix.len ||
        !slice_equal(slice_from(path.ptr + path.len - suffix.len, suffix.len), suffix))
        return false;
    *ret_folder = slice_from(path.ptr, from);
    *ret_stem = slice_from(path.ptr + from, path.len - suffix.len - from);
    return true;
}

/** `conf/monitors/gi.yaml` -> `gi`; false where the text does not come from such a folder. */
static bool monitor_of_path(struct slice path, struct slice *ret_monitor)
{
    const struct slice wanted = SLICE_LITERAL("monitors/");
    struct slice folder, stem;
    if (!cut_path(path, &folder, &stem) || folder.len < wanted.len) return false;
    if (!slice_equal(slice_from(folder.ptr + folder.len - wanted.len, wanted.len), wanted))
        return false;
    *ret_monitor = stem;
    return true;
}

/** Who looks for a monitor looks for its file. */
static void check_file_name(const struct making *making, const struct node *file, struct slice path)
{
    struct slice id = making->rulebook->monitor.id, named;
    const struct node *node = file != NULL ? node_child(file, "monitor") : NULL;
    if (node != NULL && id.len > 0 && monitor_of_path(path, &named) && !slice_equal(id, named))
        faults_add(making->faults, node->place, "\"monitor\" is %s, but the file is called %s",
                   fault_quote(making->faults, id), fault_quote(making->faults, named));
}

static const struct node *tree_of(const struct making *making, const struct source_file *file)
{
    return yaml_read(file->name, file->text, &making->rulebook->arena, making->faults);
}

/** The documents as one map, each under the name of its file; NULL without any. */
static const struct node *published_tree(const struct making *making,
                                         const struct rulebook_sources *sources)
{
    struct arena *arena = &making->rulebook->arena;
    const size_t count = sources->published_count;
    struct node *map = arena_new(arena, sizeof *map);
    struct slice folder, stem;
    *map = (struct node){
        .kind = NODE_MAP,
        .keys = arena_array(arena, count, sizeof *map->keys),
        .key_places = arena_array(arena, count, sizeof *map->key_places),
        .children = arena_array(arena, count, sizeof *map->children),
    };
    for (size_t i = 0; i < count; i++) {
        const struct source_file *file = &sources->published[i];
        const struct node *tree = tree_of(making, file);
        if (tree == NULL || !cut_path(file->name, &folder, &stem)) continue;
        map->keys[map->count] = arena_copy(arena, stem);
        map->key_places[map->count] = tree->place;
        map->children[map->count++] = *tree;
    }
    return map->count > 0 ? map : NULL;
}

struct rulebook *rulebook_yaml_read(const struct rulebook_sources *sources, struct faults *faults)
{
    size_t before = faults->count;
    struct making making = {.rulebook = rulebook_new(), .faults = faults};
    struct trees trees = {.monitor = tree_of(&making, &sources->monitor),
                          .organisations = tree_of(&making, &sources->organisations),
                          .regions = tree_of(&making, &sources->regions),
                          .calendars = tree_of(&making, &sources->calendars),
                          .published = published_tree(&making, sources)};
    trees_read(&making, &trees);
    check_file_name(&making, trees.monitor, sources->monitor.name);
    if (trees.organisations != NULL) successors_check(&making, trees.organisations);
    return conclude(&making, &trees, before);
}

enum {
    CANONICAL_MONITOR,
    CANONICAL_ORGANISATIONS,
    CANONICAL_REGIONS,
    CANONICAL_CALENDARS,
    CANONICAL_PUBLISHED,
    CANONICAL_KEYS
};

static const struct schema_key CANONICAL_TABLE[] = {
    [CANONICAL_MONITOR] = {.name = SLICE_LITERAL("monitor"), .type = SCHEMA_MAP, .required = true},
    [CANONICAL_ORGANISATIONS] = {.name = SLICE_LITERAL("organisaties"),
                                 .type = SCHEMA_MAP,
                                 .required = true},
    [CANONICAL_REGIONS] = {.name = SLICE_LITERAL("regios"), .type = SCHEMA_MAP, .required = true},
    [CANONICAL_CALENDARS] = {.name = SLICE_LITERAL("kalender"),
                             .type = SCHEMA_MAP,
                             .required = true},
    [CANONICAL_PUBLISHED] = {.name = SLICE_LITERAL("gepubliceerd"), .type = SCHEMA_MAP},
};
static const struct schema CANONICAL_SCHEMA = {.keys = CANONICAL_TABLE, .count = CANONICAL_KEYS};

struct rulebook *rulebook_canonical_read(struct slice canonical, struct faults *faults)
{
    size_t before = faults->count;
    struct making making = {.rulebook = rulebook_new(), .faults = faults};
    struct trees trees = {0};
    struct arena *arena = &making.rulebook->arena;
    const struct node *root = yaml_read(slice_of("definitie"), canonical, arena, faults);
    if (root != NULL) {
        struct schema_value values[CANONICAL_KEYS];
        schema_read(&CANONICAL_SCHEMA, root, "a rulebook", faults, values);
        trees = (struct trees){.monitor = values[CANONICAL_MONITOR].node,
                               .organisations = values[CANONICAL_ORGANISATIONS].node,
                               .regions = values[CANONICAL_REGIONS].node,
                               .calendars = values[CANONICAL_CALENDARS].node,
                               .published = values[CANONICAL_PUBLISHED].node};
        trees_read(&making, &trees);
    }
    return conclude(&making, &trees, before);
}
