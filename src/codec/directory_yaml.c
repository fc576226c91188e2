/*
 * regios.yaml and organisaties.yaml: who delivers, and where. Organisations may name monitors that
 * this rulebook is not about; directory_check_monitors holds those names to the files that exist.
 * Faults: references to nothing, an OIN that is none or that two have, an end before the beginning,
 * a successor of who did not end, or that does not come after it.
 */
#include "codec/rulebook_parts.h"
#include "codec/rulebook_yaml.h"

enum { REGIONS_SOURCE, REGIONS_MAP, REGIONS_KEYS };

static const struct schema_key REGIONS_TABLE[] = {
    [REGIONS_SOURCE] = {.name = SLICE_LITERAL("bron"), .type = SCHEMA_TEXT, .required = true},
    [REGIONS_MAP] = {.name = SLICE_LITERAL("regios"), .type = SCHEMA_MAP, .required = true},
};
static const struct schema REGIONS_SCHEMA = {.keys = REGIONS_TABLE, .count = REGIONS_KEYS};

enum { REGION_NAME, REGION_KEYS };

static const struct schema_key REGION_TABLE[] = {
    [REGION_NAME] = {.name = SLICE_LITERAL("naam"), .type = SCHEMA_TEXT, .required = true},
};
static const struct schema REGION_SCHEMA = {.keys = REGION_TABLE, .count = REGION_KEYS};

enum { ORGANISATIONS_MAP, ORGANISATIONS_KEYS };

static const struct schema_key ORGANISATIONS_TABLE[] = {
    [ORGANISATIONS_MAP] = {.name = SLICE_LITERAL("organisaties"),
                           .type = SCHEMA_MAP,
                           .required = true},
};
static const struct schema ORGANISATIONS_SCHEMA = {.keys = ORGANISATIONS_TABLE,
                                                   .count = ORGANISATIONS_KEYS};

enum {
    ORG_NAME,
    ORG_OIN,
    ORG_MONITORS,
    ORG_FROM,
    ORG_UNTIL,
    ORG_SUCCESSORS,
    ORG_REGIONS,
    ORG_KEYS
};

static const struct schema_key ORG_TABLE[] = {
    [ORG_NAME] = {.name = SLICE_LITERAL("naam"), .type = SCHEMA_TEXT, .required = true},
    [ORG_OIN] = {.name = SLICE_LITERAL("oin"), .type = SCHEMA_TEXT},
    [ORG_MONITORS] = {.name = SLICE_LITERAL("monitors"), .type = SCHEMA_TEXTS, .required = true},
    [ORG_FROM] = {.name = SLICE_LITERAL("vanaf"), .type = SCHEMA_DATE, .required = true},
    [ORG_UNTIL] = {.name = SLICE_LITERAL("tot"), .type = SCHEMA_DATE},
    [ORG_SUCCESSORS] = {.name = SLICE_LITERAL("opvolgers"), .type = SCHEMA_TEXTS},
    [ORG_REGIONS] = {.name = SLICE_LITERAL("regios"), .type = SCHEMA_TEXTS},
};
static const struct schema ORG_SCHEMA = {.keys = ORG_TABLE, .count = ORG_KEYS};

void regions_read(const struct making *making, const struct node *file)
{
    struct schema_value values[REGIONS_KEYS], region[REGION_KEYS];
    if (!schema_read(&REGIONS_SCHEMA, file, "this file", making->faults, values)) return;
    const struct schema_value *map = &values[REGIONS_MAP];
    size_t count = schema_count(map);
    struct region *regions = arena_array(&making->rulebook->arena, count, sizeof *regions);
    for (size_t i = 0; i < count; i++) {
        schema_check_id(map->node->keys[i], ID_REGION, map->node->key_places[i], making->faults);
        schema_read(&REGION_SCHEMA, &map->node->children[i], "a region", making->faults, region);
        regions[i] = (struct region){.id = map->node->keys[i], .name = region[REGION_NAME].text};
    }
    making->rulebook->directory.region_source = values[REGIONS_SOURCE].text;
    making->rulebook->directory.regions = regions;
    making->rulebook->directory.region_count = count;
}

/** The texts of a list, kept in the rulebook. */
static const struct slice *keep_texts(const struct making *making, const struct schema_value *list)
{
    size_t count = schema_count(list);
    struct slice *texts = arena_array(&making->rulebook->arena, count, sizeof *texts);
    for (size_t i = 0; i < count; i++)
        texts[i] = list->node->children[i].text;
    return texts;
}

static void check_oin(const struct making *making, const struct schema_value *value)
{
    struct slice oin = value->text;
    bool digits = oin.len == 20;
    for (size_t i = 0; i < oin.len; i++)
        digits = digits && oin.ptr[i] >= '0' && oin.ptr[i] <= '9';
    if (value->present && !digits)
        faults_add(making->faults, value->place, "\"oin\" must be 20 digits, not %s",
                   fault_quote(making->faults, oin));
}

static void read_organisation(const struct making *making, const struct schema_value *values,
                              struct organisation *organisation)
{
    organisation->name = values[ORG_NAME].text;
    organisation->oin = values[ORG_OIN].text;
    check_oin(making, &values[ORG_OIN]);
    organisation->monitors = keep_texts(making, &values[ORG_MONITORS]);
    organisation->monitor_count = schema_count(&values[ORG_MONITORS]);
    organisation->from = values[ORG_FROM].date;
    organisation->has_until = values[ORG_UNTIL].present;
    organisation->until = values[ORG_UNTIL].date;
    if (organisation->has_until && values[ORG_FROM].present &&
        date_compare(organisation->until, organisation->from) < 0)
        faults_add(making->faults, values[ORG_UNTIL].place, "\"tot\" lies before \"vanaf\"");
    organisation->successors = keep_texts(making, &values[ORG_SUCCESSORS]);
    organisation->successor_count = schema_count(&values[ORG_SUCCESSORS]);
    organisation->regions = keep_texts(making, &values[ORG_REGIONS]);
    organisation->region_count = schema_count(&values[ORG_REGIONS]);
}

static struct words region_words(const struct making *making)
{
    const struct directory *directory = &making->rulebook->directory;
    struct slice *ids = arena_array(making->faults->arena, directory->region_count, sizeof *ids);
    for (size_t i = 0; i < directory->region_count; i++)
        ids[i] = directory->regions[i].id;
    return (struct words){.items = ids, .count = directory->region_count};
}

static void check_regions(const struct making *making, const struct schema_value *list)
{
    for (size_t i = 0; i < schema_count(list); i++) {
        const struct node *item = &list->node->children[i];
        if (directory_find_region(&making->rulebook->directory, item->text) == NULL)
            fault_unknown(making->faults, item->place, "region", item->text, region_words(making));
    }
}

static void check_successors(const struct making *making, const struct schema_value *list,
                             struct slice self)
{
    const struct directory *directory = &making->rulebook->directory;
    for (size_t i = 0; i < schema_count(list); i++) {
        const struct node *item = &list->node->children[i];
        if (slice_equal(item->text, self)) {
            faults_add(making->faults, item->place, "an organisation does not succeed itself");
        } else if (directory_find_organisation(directory, item->text) == NULL) {
            struct slice *ids =
                arena_array(making->faults->arena, directory->organisation_count, sizeof *ids);
            for (size_t j = 0; j < directory->organisation_count; j++)
                ids[j] = directory->organisations[j].id;
            fault_unknown(making->faults, item->place, "organisation", item->text,
                          (struct words){.items = ids, .count = directory->organisation_count});
        }
    }
}

/** Two organisations with one OIN could not be told apart by their certificates. */
static void check_oin_unique(const struct making *making, size_t index, struct place place)
{
    const struct organisation *all = making->rulebook->directory.organisations;
    for (size_t i = 0; i < index; i++) {
        if (all[index].oin.len > 0 && slice_equal(all[i].oin, all[index].oin))
            faults_add(making->faults, place, "this OIN is that of %s already",
                       fault_quote(making->faults, all[i].id));
    }
}

void organisations_read(const struct making *making, const struct node *file)
{
    struct schema_value values[ORGANISATIONS_KEYS];
    if (!schema_read(&ORGANISATIONS_SCHEMA, file, "this file", making->faults, values)) return;
    size_t count = schema_count(&values[ORGANISATIONS_MAP]);
    const struct node *map = values[ORGANISATIONS_MAP].node;
    struct arena *arena = &making->rulebook->arena;
    struct organisation *organisations = arena_array(arena, count, sizeof *organisations);
    for (size_t i = 0; i < count; i++)
        organisations[i].id = map->keys[i];
    making->rulebook->directory.organisations = organisations;
    making->rulebook->directory.organisation_count = count;
    for (size_t i = 0; i < count; i++) {
        struct schema_value read[ORG_KEYS];
        schema_check_id(map->keys[i], ID_KEBAB, map->key_places[i], making->faults);
        if (!schema_read(&ORG_SCHEMA, &map->children[i], "an organisation", making->faults, read))
            continue;
        read_organisation(making, read, &organisations[i]);
        check_regions(making, &read[ORG_REGIONS]);
        check_successors(making, &read[ORG_SUCCESSORS], organisations[i].id);
        check_oin_unique(making, i, read[ORG_OIN].place);
    }
}

/** Whether `last` comes after `first` by following successors, however many. */
static bool follows(const struct making *making, const struct organisation *last,
                    const struct organisation *first)
{
    const struct directory *directory = &making->rulebook->directory;
    const size_t count = directory->organisation_count;
    bool *reached = arena_array(making->faults->arena, count, sizeof *reached);
    const struct organisation **walk =
        arena_array(making->faults->arena, count + 1, sizeof(struct organisation *));
    size_t steps = 0;
    walk[steps++] = first;
    for (size_t i = 0; i < steps; i++) {
        for (size_t j = 0; j < walk[i]->successor_count; j++) {
            const struct organisation *next =
                directory_find_organisation(directory, walk[i]->successors[j]);
            if (next == last) return true;
            if (next == NULL || reached[next - directory->organisations]) continue;
            reached[next - directory->organisations] = true;
            walk[steps++] = next;
        }
    }
    return false;
}

/** One successor: it does not lead back, and it is still there when the other has ended. */
static void check_succession(const struct making *making, const struct organisation *organisation,
                             const struct node *item)
{
    const struct organisation *successor =
        directory_find_organisation(&making->rulebook->directory, item->text);
    if (successor == NULL || successor == organisation) return; /* is said already */
    if (follows(making, organisation, successor))
        faults_add(making->faults, item->place, "a circle: %s is succeeded by %s in the end",
                   fault_quote(making->faults, successor->id),
                   fault_quote(making->faults, organisation->id));
    else if (organisation->has_until && successor->has_until &&
             date_compare(successor->until, organisation->until) <= 0)
        faults_add(making->faults, item->place, "%s does not outlive who it succeeds",
                   fault_quote(making->faults, successor->id));
}

void successors_check(const struct making *making, const struct node *file)
{
    const struct directory *directory = &making->rulebook->directory;
    const struct node *map = node_child(file, "organisaties");
    for (size_t i = 0; map != NULL && i < map->count; i++) {
        const struct organisation *organisation =
            directory_find_organisation(directory, map->keys[i]);
        const struct node *list = node_child(&map->children[i], "opvolgers");
        if (organisation == NULL || list == NULL || list->kind != NODE_LIST) continue;
        if (!organisation->has_until && list->count > 0)
            faults_add(making->faults, list->place,
                       "who has successors has ended: \"tot\" says when");
        for (size_t j = 0; j < list->count; j++)
            check_succession(making, organisation, &list->children[j]);
    }
}

static void check_monitors(const struct node *organisation, struct words monitors,
                           struct faults *faults)
{
    const struct node *list = node_child(organisation, "monitors");
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        const struct node *item = &list->children[i];
        bool known = false;
        for (size_t j = 0; j < monitors.count && !known; j++)
            known = slice_equal(monitors.items[j], item->text);
        if (!known) fault_unknown(faults, item->place, "monitor", item->text, monitors);
    }
}

void directory_check_monitors(const struct source_file *organisations, const struct slice *monitors,
                              size_t count, struct arena *arena, struct faults *faults)
{
    const struct node *file = yaml_read(organisations->name, organisations->text, arena, faults);
    const struct node *map = file != NULL ? node_child(file, "organisaties") : NULL;
    for (size_t i = 0; map != NULL && i < map->count; i++)
        check_monitors(&map->children[i], (struct words){.items = monitors, .count = count},
                       faults);
}
