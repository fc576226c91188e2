/*
 * A folio falls apart into families: sums that share an atom, directly or by way of others. Only
 * what is in one family can be worked out from each other, so each is decided on its own. A family
 * is counted in the smallest unit of its finest column, and so is the rule: 10 and 5 are whole
 * children and whole fte.
 *
 * Sums with a companion (days waited, whose companion is how many wait) are decided after all the
 * others, when it is known what became of that.
 */
#include "core/showing_folio.h"

#include <string.h>

#include "base/memory.h"

static const int64_t POWERS_OF_TEN[FOLIO_DECIMALS + 1] = {1, 10, 100, 1000, 10000, 100000, 1000000};

struct showing_folio *folio_new(struct date peildatum, const struct disclosure_rule *rule)
{
    struct showing_folio *folio = memory_new(sizeof *folio);
    arena_init(&folio->arena);
    folio->peildatum = peildatum;
    folio->rule = *rule;
    return folio;
}

void folio_free(struct showing_folio *folio)
{
    if (folio == NULL) return;
    arena_done(&folio->arena);
    memory_free(folio);
}

/* ---- what is in it ---- */

/* FNV-1a (Fowler, Noll, Vo), 64 bits. */
static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t len)
{
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ byte[i]) * UINT64_C(1099511628211);
    return hash;
}

static const uint64_t HASH_SEED = UINT64_C(14695981039346656037);

static uint64_t hash_atom(const struct showing_atom *atom)
{
    const struct slice texts[] = {atom->organisation, atom->region, atom->column};
    uint64_t hash = hash_bytes(HASH_SEED, &atom->units, sizeof atom->units);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        hash = hash_bytes(hash, texts[i].ptr, texts[i].len);
    return hash;
}

static bool same_atom(const struct showing_atom *a, const struct showing_atom *b)
{
    return a->hash == b->hash && a->units == b->units && a->decimals == b->decimals &&
           a->whole == b->whole && slice_equal(a->organisation, b->organisation) &&
           slice_equal(a->region, b->region) && slice_equal(a->column, b->column);
}

unsigned folio_atom(struct showing_folio *folio, const struct showing_atom *atom)
{
    struct showing_atom copy = *atom;
    copy.hash = hash_atom(atom);
    for (size_t i = 0; i < folio->atom_count; i++) {
        if (same_atom(&folio->atoms[i], &copy)) return (unsigned)i;
    }
    copy.organisation = arena_copy(&folio->arena, atom->organisation);
    copy.region = arena_copy(&folio->arena, atom->region);
    copy.column = arena_copy(&folio->arena, atom->column);
    folio->atoms = arena_room(&folio->arena, folio->atoms, folio->atom_count, sizeof copy);
    folio->atoms[folio->atom_count] = copy;
    return (unsigned)folio->atom_count++;
}

static uint64_t hash_sum(const unsigned *atoms, size_t count)
{
    return hash_bytes(HASH_SEED, atoms, count * sizeof *atoms);
}

size_t folio_find(const struct showing_folio *folio, const unsigned *atoms, size_t count)
{
    const uint64_t hash = hash_sum(atoms, count);
    for (size_t i = 0; i < folio->sum_count; i++) {
        const struct showing_sum *sum = &folio->sums[i];
        if (sum->hash == hash && sum->atom_count == count &&
            memcmp(sum->atoms, atoms, count * sizeof *atoms) == 0)
            return i;
    }
    return FOLIO_NONE;
}

size_t folio_sum(struct showing_folio *folio, const struct showing_sum *sum)
{
    const size_t found = folio_find(folio, sum->atoms, sum->atom_count);
    if (found != FOLIO_NONE) return found;
    struct showing_sum copy = *sum;
    unsigned *atoms = arena_array(&folio->arena, sum->atom_count, sizeof *atoms);
    memcpy(atoms, sum->atoms, sum->atom_count * sizeof *atoms);
    copy.atoms = atoms;
    copy.hash = hash_sum(atoms, sum->atom_count);
    copy.shown = false;
    folio->sums = arena_room(&folio->arena, folio->sums, folio->sum_count, sizeof copy);
    folio->sums[folio->sum_count] = copy;
    return folio->sum_count++;
}

/* ---- families ---- */

/* While a folio is being decided. Of each atom the one that stands for its family. */
struct deciding {
    struct showing_folio *folio;
    unsigned *parents;
    unsigned *local; /* of each atom its number in the family at hand */
    struct arena arena;
};

/* One family, laid out for the decision. */
struct family {
    unsigned head;
    size_t *sums; /* their numbers in the folio */
    size_t sum_count;
    size_t atom_count;
    uint8_t decimals; /* of its finest atom */
    bool later;       /* a sum of it has a companion */
    bool open;        /* a sum of it is undecided */
};

static unsigned find_head(unsigned *parents, unsigned atom)
{
    while (parents[atom] != atom) {
        parents[atom] = parents[parents[atom]];
        atom = parents[atom];
    }
    return atom;
}

static void join_families(struct deciding *deciding)
{
    const struct showing_folio *folio = deciding->folio;
    deciding->parents = arena_array(&deciding->arena, folio->atom_count, sizeof(unsigned));
    for (size_t i = 0; i < folio->atom_count; i++)
        deciding->parents[i] = (unsigned)i;
    for (size_t i = 0; i < folio->sum_count; i++) {
        const struct showing_sum *sum = &folio->sums[i];
        const unsigned head = find_head(deciding->parents, sum->atoms[0]);
        for (size_t j = 1; j < sum->atom_count; j++)
            deciding->parents[find_head(deciding->parents, sum->atoms[j])] = head;
    }
}

/* Numbers the atoms of a family from 0, in the order of the folio. */
static void number_atoms(struct deciding *deciding, struct family *family)
{
    const struct showing_folio *folio = deciding->folio;
    for (size_t i = 0; i < folio->atom_count; i++) {
        if (find_head(deciding->parents, (unsigned)i) != family->head) continue;
        deciding->local[i] = (unsigned)family->atom_count++;
        if (folio->atoms[i].decimals > family->decimals)
            family->decimals = folio->atoms[i].decimals;
    }
}

static struct family family_of(struct deciding *deciding, unsigned head)
{
    const struct showing_folio *folio = deciding->folio;
    struct family family = {.head = head};
    family.sums = arena_array(&deciding->arena, folio->sum_count, sizeof *family.sums);
    for (size_t i = 0; i < folio->sum_count; i++) {
        if (find_head(deciding->parents, folio->sums[i].atoms[0]) != head) continue;
        family.sums[family.sum_count++] = i;
        family.later = family.later || folio->sums[i].companion != FOLIO_NONE;
        family.open = family.open || i >= folio->decided;
    }
    number_atoms(deciding, &family);
    return family;
}

static const unsigned *local_atoms(struct deciding *deciding, const struct showing_sum *sum)
{
    unsigned *atoms = arena_array(&deciding->arena, sum->atom_count, sizeof *atoms);
    for (size_t i = 0; i < sum->atom_count; i++)
        atoms[i] = deciding->local[sum->atoms[i]];
    return atoms;
}

/*
 * The folio's rule, counted in 10^-decimals. Of people the reader is taken to know the very values
 * behind what is shown: then the rounding protects against whoever has this program too, and one
 * hidden count never stands alone beside its total. Of measures with decimals, which count no
 * people, what is shown is known as it is shown: else fte and the fte of workload would hide each
 * other wherever they differ by a small function.
 */
static struct disclosure_rule rule_in(const struct showing_folio *folio, uint8_t decimals)
{
    const int64_t scale = POWERS_OF_TEN[decimals];
    return (struct disclosure_rule){
        .threshold = folio->rule.threshold * scale,
        .base = folio->rule.base * scale,
        .freedom = folio->rule.freedom,
        .apart = scale,
        .grain = decimals == 0 ? 1 : 0,
    };
}

static void decide_family(struct deciding *deciding, const struct family *family)
{
    struct showing_folio *folio = deciding->folio;
    const struct disclosure_rule rule = rule_in(folio, family->decimals);
    struct disclosure_cell *cells = arena_array(&deciding->arena, family->sum_count, sizeof *cells);
    for (size_t i = 0; i < family->sum_count; i++) {
        const struct showing_sum *sum = &folio->sums[family->sums[i]];
        cells[i] = (struct disclosure_cell){
            .atoms = local_atoms(deciding, sum),
            .atom_count = sum->atom_count,
            .value = sum->units * POWERS_OF_TEN[family->decimals - sum->decimals],
            .withheld = sum->companion != FOLIO_NONE && !folio->sums[sum->companion].shown,
            .settled = family->sums[i] < folio->decided,
            .rank = sum->rank,
            .shown = sum->shown,
        };
    }
    disclosure_decide(&rule, family->atom_count, cells, family->sum_count, &deciding->arena);
    for (size_t i = 0; i < family->sum_count; i++) {
        /* What was decided before is being looked at meanwhile. */
        if (!cells[i].settled) folio->sums[family->sums[i]].shown = cells[i].shown;
    }
}

/* All families in which something is undecided: those with companions, or those without. */
static void decide_families(struct deciding *deciding, bool later)
{
    const struct showing_folio *folio = deciding->folio;
    for (size_t i = 0; i < folio->atom_count; i++) {
        if (deciding->parents[i] != (unsigned)i) continue;
        const struct family family = family_of(deciding, (unsigned)i);
        if (family.open && family.later == later) decide_family(deciding, &family);
    }
}

void folio_decide(struct showing_folio *folio)
{
    struct deciding deciding = {.folio = folio};
    arena_init(&deciding.arena);
    deciding.local = arena_array(&deciding.arena, folio->atom_count, sizeof(unsigned));
    join_families(&deciding);
    decide_families(&deciding, false);
    decide_families(&deciding, true);
    folio->decided = folio->sum_count;
    arena_done(&deciding.arena);
}

int64_t folio_rounded(const struct showing_folio *folio, const struct showing_sum *sum)
{
    const struct disclosure_rule rule = rule_in(folio, sum->decimals);
    return disclosure_rounded(&rule, sum->units);
}
