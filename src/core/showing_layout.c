/*
 * An edition's deliveries for one peildatum as sums of atoms. Happy path: every line (the columns
 * of a numerator or denominator, with those that its formula needs) meets every member (the
 * country, organisations, regions), and is the sum of the atoms of those whose delivery counts,
 * exactly as core/indicator adds them up.
 *
 * Where the regions of a column add up, an organisation's total is the sum of its regions and of
 * what is in none, which is a member too; elsewhere total and regions are unknowns of their own.
 *
 * What has no sum is never shown: published percentages (`opgave`), columns of days added to
 * others, sums that do not fit.
 */
#include <stdlib.h>
#include <string.h>

#include "core/remainder.h"
#include "core/row.h"
#include "core/showing_private.h"

/* An organisation's delivery: the row of its totals and one a region; no values: none delivered. */
struct stand {
    const struct organisation *organisation; /* NULL: nothing of it counts */
    struct row total;
    struct row *regions;
    unsigned *numbers; /* of its atoms: see number_of */
};

struct layout {
    struct showing *showing;
    struct showing_folio *folio;
    const struct rulebook *rulebook;
    struct stand *stands; /* one an organisation of the register */
    struct arena arena;   /* for what is not kept */
};

/* ---- deliveries ---- */

static struct stand stand_of(struct layout *layout, const struct organisation *organisation,
                             const struct revision *revision)
{
    const struct directory *directory = &layout->rulebook->directory;
    const struct submission *submission = revision->submission;
    const struct date date = layout->folio->peildatum;
    struct stand stand = {.organisation = organisation};
    stand.total = row_of(layout->rulebook, submission, (struct slice){0}, date, &layout->arena);
    stand.regions = arena_array(&layout->arena, directory->region_count, sizeof *stand.regions);
    stand.numbers = arena_array(
        &layout->arena, (directory->region_count + 1) * layout->rulebook->monitor.column_count,
        sizeof *stand.numbers);
    for (size_t i = 0; i < directory->region_count; i++) {
        const struct slice region = directory->regions[i].id;
        if (!submission_has_region(submission, region)) continue;
        stand.regions[i] = row_of(layout->rulebook, submission, region, date, &layout->arena);
        remainder_bind(&layout->rulebook->monitor, &stand.total, &stand.regions[i]);
    }
    return stand;
}

static void read_stands(struct layout *layout, const struct showing_source *what)
{
    const struct directory *directory = &layout->rulebook->directory;
    layout->stands =
        arena_array(&layout->arena, directory->organisation_count, sizeof *layout->stands);
    for (size_t i = 0; i < directory->organisation_count; i++) {
        const struct organisation *organisation = &directory->organisations[i];
        if (!organisation_expected(organisation, layout->rulebook->monitor.id, what->peildatum))
            continue;
        const struct revision *revision =
            state_counting(what->state, what->peildatum, organisation->id, what->edition->known);
        if (revision != NULL) layout->stands[i] = stand_of(layout, organisation, revision);
    }
}

/* ---- atoms ---- */

/* A sum while its atoms are collected. */
struct adding {
    struct layout *layout;
    struct showing_sum sum;
    unsigned *atoms;
    bool overflow;
    bool value; /* somebody delivered a value, not only null */
    unsigned received;
};

static int64_t scaled(struct adding *adding, int64_t units, uint8_t decimals, uint8_t to)
{
    for (; decimals < to; decimals++) {
        if (__builtin_mul_overflow(units, 10, &units)) adding->overflow = true;
    }
    return units;
}

static void add_atom(struct adding *adding, const struct showing_atom *atom, unsigned *number)
{
    struct arena *arena = &adding->layout->arena;
    if (*number == 0) *number = 1 + folio_atom(adding->layout->folio, atom);
    const int64_t units = scaled(adding, atom->units, atom->decimals, adding->sum.decimals);
    if (__builtin_add_overflow(adding->sum.units, units, &adding->sum.units))
        adding->overflow = true;
    adding->atoms = arena_room(arena, adding->atoms, adding->sum.atom_count, sizeof *adding->atoms);
    adding->atoms[adding->sum.atom_count++] = *number - 1;
}

static bool region_figure(const struct stand *stand, size_t region, unsigned column,
                          struct figure *ret_figure)
{
    if (stand->regions[region].values == NULL) return false;
    *ret_figure = stand->regions[region].values[column];
    return ret_figure->presence == PRESENCE_VALUE;
}

static struct showing_atom atom_of(const struct layout *layout, const struct stand *stand,
                                   unsigned column, int64_t units)
{
    const struct column *which = &layout->rulebook->monitor.columns[column];
    return (struct showing_atom){
        .organisation = stand->organisation->id,
        .column = which->id,
        .decimals = which->decimals,
        .units = units,
    };
}

/*
 * An atom's number in the folio, plus one; 0 as long as it has none. What is in no region stands
 * after the regions.
 */
static unsigned *number_of(const struct layout *layout, const struct stand *stand, size_t region,
                           unsigned column)
{
    return &stand->numbers[region * layout->rulebook->monitor.column_count + column];
}

static void add_region_atom(struct adding *adding, const struct stand *stand, size_t region,
                            unsigned column)
{
    struct figure figure;
    if (!region_figure(stand, region, column, &figure)) return;
    struct showing_atom atom = atom_of(adding->layout, stand, column, figure.units);
    atom.region = adding->layout->rulebook->directory.regions[region].id;
    add_atom(adding, &atom, number_of(adding->layout, stand, region, column));
}

/* What is in no region; false where total and regions are not of one piece. */
static bool rest_of(const struct layout *layout, const struct stand *stand, unsigned column,
                    int64_t *ret_rest)
{
    const struct column *which = &layout->rulebook->monitor.columns[column];
    int64_t rest = stand->total.values[column].units;
    bool any = false;
    if (which->measure->regions != REGION_ADDS_UP) return false;
    for (size_t i = 0; i < layout->rulebook->directory.region_count; i++) {
        struct figure figure;
        if (!region_figure(stand, i, column, &figure)) continue;
        any = true;
        if (__builtin_sub_overflow(rest, figure.units, &rest)) return false;
    }
    *ret_rest = rest;
    return any && rest >= 0;
}

/* ---- sums ---- */

/* Over whom: a place in showing's order of members. */
struct seat {
    enum level level;
    size_t index;
    bool remainder; /* what is in no region: the last of them */
};

static struct seat seat_of(const struct showing *showing, size_t member)
{
    if (member == 0) return (struct seat){.level = LEVEL_NATIONAL};
    if (member <= showing->organisation_count)
        return (struct seat){.level = LEVEL_ORGANISATION, .index = member - 1};
    return (struct seat){
        .level = LEVEL_REGION,
        .index = member - 1 - showing->organisation_count,
        .remainder = member + 1 == showing_members(showing),
    };
}

static struct term needed_by(const struct showing_line *line)
{
    return (struct term){.columns = line->needed, .count = line->needed_count};
}

/* As core/indicator says it: every column that is needed is there, if only as null. */
static bool row_counts(const struct row *row, const struct showing_line *line, bool *ret_value)
{
    const struct term needed = needed_by(line);
    return row->values != NULL && row_delivers(row, &needed, ret_value);
}

/*
 * A total: its regions and what is in none. Of the remainder of a figure (`left` is its line) only
 * the regions that do not count in it, and what is in none.
 */
static void add_total_atoms(struct adding *adding, const struct stand *stand, unsigned column,
                            const struct showing_line *left)
{
    const struct layout *layout = adding->layout;
    const struct figure *figure = &stand->total.values[column];
    const size_t regions = layout->rulebook->directory.region_count;
    int64_t rest = 0;
    bool any = false;
    if (figure->presence != PRESENCE_VALUE) return;
    const bool divided = rest_of(layout, stand, column, &rest);
    struct showing_atom atom = atom_of(layout, stand, column, divided ? rest : figure->units);
    atom.whole = !divided;
    for (size_t i = 0; divided && i < regions; i++) {
        if (left == NULL || !row_counts(&stand->regions[i], left, &any))
            add_region_atom(adding, stand, i, column);
    }
    add_atom(adding, &atom, number_of(layout, stand, regions, column));
}

static void add_remainder(struct adding *adding, const struct stand *stand,
                          const struct showing_line *line)
{
    const struct term needed = needed_by(line);
    if (!remainder_exists_of(&adding->layout->rulebook->monitor, &needed)) return;
    if (!row_counts(&stand->total, line, &adding->value)) return;
    adding->received++;
    for (size_t i = 0; i < line->term_count; i++)
        add_total_atoms(adding, stand, line->term[i], line);
}

static void add_stand(struct adding *adding, const struct stand *stand, struct seat seat,
                      const struct showing_line *line)
{
    const bool regional = seat.level == LEVEL_REGION;
    if (stand->organisation == NULL) return;
    if (seat.remainder) {
        add_remainder(adding, stand, line);
        return;
    }
    const struct row *row = regional ? &stand->regions[seat.index] : &stand->total;
    if (!row_counts(row, line, &adding->value)) return;
    adding->received++;
    for (size_t i = 0; i < line->term_count; i++) {
        if (regional)
            add_region_atom(adding, stand, seat.index, line->term[i]);
        else
            add_total_atoms(adding, stand, line->term[i], NULL);
    }
}

/* Where there is a choice, the country's figures and published ones are the last to go. */
static unsigned rank_of(enum level level, bool published)
{
    static const unsigned ranks[LEVEL_COUNT] = {
        [LEVEL_NATIONAL] = 4, [LEVEL_ORGANISATION] = 2, [LEVEL_REGION] = 0};
    return ranks[level] + (published ? 1 : 0);
}

static void collect(struct adding *adding, struct seat seat, const struct showing_line *line)
{
    const struct layout *layout = adding->layout;
    const struct monitor *monitor = &layout->rulebook->monitor;
    for (size_t i = 0; i < line->term_count; i++) {
        const uint8_t decimals = monitor->columns[line->term[i]].decimals;
        if (decimals > adding->sum.decimals) adding->sum.decimals = decimals;
    }
    for (size_t i = 0; i < layout->showing->organisation_count; i++) {
        if (seat.level != LEVEL_ORGANISATION || seat.index == i)
            add_stand(adding, &layout->stands[i], seat, line);
    }
    if (adding->sum.atom_count > 0)
        qsort(adding->atoms, adding->sum.atom_count, sizeof *adding->atoms, showing_compare);
    (void)scaled(adding, adding->sum.units, adding->sum.decimals, FOLIO_DECIMALS);
    adding->sum.atoms = adding->atoms;
    adding->sum.companion = FOLIO_NONE;
    adding->sum.rank = rank_of(seat.level, line->published);
}

/* The sum in the folio of how many wait, to a sum of days; FOLIO_NONE where there is none. */
static size_t companion_of(struct layout *layout, struct seat seat, const struct showing_line *line)
{
    const struct showing_line waiting = showing_companion_line(line, &layout->arena);
    struct adding adding = {.layout = layout};
    collect(&adding, seat, &waiting);
    return adding.sum.atom_count == 0
               ? FOLIO_NONE
               : folio_find(layout->folio, adding.sum.atoms, adding.sum.atom_count);
}

static struct showing_entry entry_of(struct layout *layout, struct seat seat,
                                     const struct showing_line *line)
{
    struct adding adding = {.layout = layout};
    struct showing_entry entry = {.sum = FOLIO_NONE, .companion = FOLIO_NONE};
    collect(&adding, seat, line);
    entry.counts = adding.value;
    entry.received = adding.received;
    if (adding.sum.atom_count == 0 || adding.overflow) return entry;
    if (line->days) {
        entry.companion = companion_of(layout, seat, line);
        if (entry.companion == FOLIO_NONE) return entry;
        adding.sum.companion = entry.companion;
    }
    entry.sum = folio_sum(layout->folio, &adding.sum);
    return entry;
}

/* Days come last: their companions are in the folio by then. */
static void add_entries(struct layout *layout, bool days)
{
    struct showing *showing = layout->showing;
    const size_t members = showing_members(showing);
    for (size_t i = 0; i < members; i++) {
        const struct seat seat = seat_of(showing, i);
        for (size_t j = 0; j < showing->line_count; j++) {
            const struct showing_line *line = &showing->lines[j];
            if (line->days == days)
                showing->entries[i * showing->line_count + j] = entry_of(layout, seat, line);
        }
    }
}

static void name_members(struct layout *layout)
{
    struct showing *showing = layout->showing;
    struct arena *arena = &layout->folio->arena;
    const struct directory *directory = &layout->rulebook->directory;
    struct slice *organisations =
        arena_array(arena, directory->organisation_count, sizeof *organisations);
    struct slice *regions = arena_array(arena, directory->region_count + 1, sizeof *regions);
    for (size_t i = 0; i < directory->organisation_count; i++)
        organisations[i] = arena_copy(arena, directory->organisations[i].id);
    for (size_t i = 0; i < directory->region_count; i++)
        regions[i] = arena_copy(arena, directory->regions[i].id);
    regions[directory->region_count] = slice_of(REMAINDER_ID);
    showing->organisations = organisations;
    showing->organisation_count = directory->organisation_count;
    showing->regions = regions;
    showing->region_count = directory->region_count + 1;
}

void showing_lay_out(struct showing *showing, struct showing_folio *folio,
                     const struct showing_source *what)
{
    struct layout layout = {
        .showing = showing,
        .folio = folio,
        .rulebook = state_rulebook(what->state, what->edition->known, NULL),
    };
    arena_init(&layout.arena);
    *showing = (struct showing){.edition = what->edition->head, .folio = folio};
    name_members(&layout);
    showing_list_lines(showing, &layout.rulebook->monitor, &folio->arena);
    read_stands(&layout, what);
    showing->entries = arena_array(&folio->arena, showing_members(showing) * showing->line_count,
                                   sizeof *showing->entries);
    add_entries(&layout, false);
    add_entries(&layout, true);
    arena_done(&layout.arena);
}
