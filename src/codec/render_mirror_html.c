/*
 * The mirror report as a page: facts, two tables, notes and findings. The words are those of
 * mirror_words, the frame that of html_page. Parts of one measure stand under its name. It cannot
 * fail.
 */
#include "base/arena.h"
#include "codec/html_page.h"
#include "codec/mirror_words.h"
#include "codec/render_mirror.h"

/* A page in the making. */
struct page {
    struct html html;
    struct text scratch; /* where words are put before they are escaped ... */
    struct text column;  /* ... and the name of the column that goes with them */
    struct arena arena;
};

static void put_element(struct page *page, const char *element)
{
    html_element(&page->html, element, text_slice(&page->scratch));
    text_clear(&page->scratch);
}

static void put_facts(struct page *page, const struct mirror *mirror)
{
    mirror_put_title(&page->scratch, mirror);
    put_element(page, "h1");
    html_open(&page->html, "dl");
    html_line(&page->html);
    for (enum mirror_fact fact = 0; fact < MIRROR_FACT_COUNT; fact++) {
        mirror_put_fact(&page->scratch, mirror, fact);
        if (page->scratch.len == 0) continue;
        html_element(&page->html, "dt", slice_of(mirror_fact_name(fact)));
        put_element(page, "dd");
    }
    html_close(&page->html, "dl");
    html_line(&page->html);
}

/* Opens the table; how many columns it has, the names included. */
static size_t put_columns(struct page *page, const struct mirror_section *section)
{
    size_t count = 1;
    mirror_put_caption(&page->scratch, section);
    html_table_open(&page->html, text_slice(&page->scratch));
    html_table_column(&page->html, slice_of(section->subject), false);
    for (enum mirror_column column = 0; column < MIRROR_COLUMN_COUNT; column++) {
        if (!section->shows[column]) continue;
        text_clear(&page->scratch);
        mirror_put_column(&page->scratch, section, column);
        html_table_column(&page->html, text_slice(&page->scratch), true);
        count++;
    }
    html_table_body(&page->html);
    return count;
}

static void put_row(struct page *page, const struct mirror_section *section,
                    const struct mirror_row *row)
{
    html_row_open(&page->html, mirror_row_name(row), row->own.indicator->unit);
    for (enum mirror_column column = 0; column < MIRROR_COLUMN_COUNT; column++) {
        if (!section->shows[column]) continue;
        text_clear(&page->column);
        text_clear(&page->scratch);
        mirror_put_column(&page->column, section, column);
        mirror_put_cell(&page->scratch, row, column);
        html_cell(&page->html, &(struct html_cell){
                                   .column = text_slice(&page->column),
                                   .value = text_slice(&page->scratch),
                                   .mark = slice_of(mirror_cell_mark(row, column)),
                                   .numeric = true,
                               });
    }
    html_row_close(&page->html);
}

static void put_section(struct page *page, const struct mirror_section *section)
{
    const struct measure *group = NULL;
    if (section->row_count == 0) return;
    html_element(&page->html, "h2", slice_of(section->title));
    const size_t columns = put_columns(page, section);
    for (size_t i = 0; i < section->row_count; i++) {
        const struct mirror_row *row = &section->rows[i];
        const struct measure *own = mirror_row_group(row);
        if (own != NULL && own != group) html_table_group(&page->html, own->name, columns);
        group = own;
        put_row(page, section, row);
    }
    html_table_close(&page->html);
    text_clear(&page->scratch);
}

static void put_notes(struct page *page, const struct mirror *mirror)
{
    html_element(&page->html, "h2", slice_of("Bij deze cijfers"));
    mirror_put_notes(&page->scratch, mirror);
    html_paragraphs(&page->html, text_slice(&page->scratch));
    text_clear(&page->scratch);
}

/* ---- findings ---- */

static const struct slice PLACE = SLICE_LITERAL("Plaats");
static const struct slice MESSAGE = SLICE_LITERAL("Melding");
static const struct slice EXPLANATION = SLICE_LITERAL("Toelichting");

static void put_words(struct page *page, struct slice column, struct slice words)
{
    const struct html_cell cell = {
        .column = column,
        .value = words.len > 0 ? words : slice_of("–"),
    };
    html_cell(&page->html, &cell);
}

static void put_finding(struct page *page, const struct finding *finding)
{
    text_clear(&page->scratch);
    mirror_put_place(&page->scratch, finding);
    html_row_open(&page->html, slice_of(severity_id(finding->severity)), finding->code);
    put_words(page, PLACE, text_slice(&page->scratch));
    put_words(page, MESSAGE, finding->message);
    put_words(page, EXPLANATION, finding->explanation);
    html_row_close(&page->html);
}

static void put_findings_table(struct page *page, const struct findings *findings)
{
    html_table_open(&page->html, slice_of("Wat bij het aanleveren is gevonden"));
    html_table_column(&page->html, slice_of("Ernst en code"), false);
    html_table_column(&page->html, PLACE, false);
    html_table_column(&page->html, MESSAGE, false);
    html_table_column(&page->html, EXPLANATION, false);
    html_table_body(&page->html);
    for (size_t i = 0; i < findings->count; i++)
        put_finding(page, &findings->items[i]);
    html_table_close(&page->html);
}

static void put_findings(struct page *page, const struct mirror *mirror)
{
    struct findings findings;
    findings_init(&findings, &page->arena);
    mirror_findings(mirror, &findings);
    html_element(&page->html, "h2", slice_of("Bevindingen"));
    if (findings.count > 0)
        put_findings_table(page, &findings);
    else
        html_element(&page->html, "p", slice_of("Er zijn geen bevindingen."));
}

/* `Spiegelrapport Jeugdbescherming Noord, 1 oktober 2024` */
static void put_head(struct page *page, const struct mirror *mirror)
{
    mirror_put_title(&page->scratch, mirror);
    text_puts(&page->scratch, ", ");
    date_put_dutch(&page->scratch, mirror->peildatum->date);
    html_page_open(&page->html, text_slice(&page->scratch));
    text_clear(&page->scratch);
}

void mirror_put_html(struct text *text, const struct mirror *mirror)
{
    struct page page = {.scratch = {0}};
    struct mirror_section sections[MIRROR_SECTIONS];
    html_init(&page.html, text);
    arena_init(&page.arena);
    mirror_sections(mirror, sections);
    put_head(&page, mirror);
    put_facts(&page, mirror);
    for (size_t i = 0; i < MIRROR_SECTIONS; i++)
        put_section(&page, &sections[i]);
    put_notes(&page, mirror);
    put_findings(&page, mirror);
    html_page_close(&page.html);
    text_done(&page.scratch);
    text_done(&page.column);
    arena_done(&page.arena);
}
