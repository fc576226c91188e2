/*
 * The mirror report as Markdown: facts as a list, two tables that line up, notes and findings. The
 * words are those of mirror_words; here they are only laid out. It cannot fail.
 */
#include "codec/markdown.h"
#include "codec/markdown_table.h"
#include "codec/mirror_words.h"
#include "codec/render_mirror.h"

/* A document in the making. */
struct document {
    struct text *text;
    struct text scratch; /* where words are put before they are laid out */
    struct arena arena;
};

static void put_scratch(struct document *document)
{
    markdown_put_plain(document->text, text_slice(&document->scratch));
    text_clear(&document->scratch);
}

static void put_heading(struct document *document, const char *heading)
{
    text_puts(document->text, "\n## ");
    text_puts(document->text, heading);
    text_puts(document->text, "\n\n");
}

static void put_facts(struct document *document, const struct mirror *mirror)
{
    text_puts(document->text, "# ");
    mirror_put_title(&document->scratch, mirror);
    put_scratch(document);
    text_puts(document->text, "\n\n");
    for (enum mirror_fact fact = 0; fact < MIRROR_FACT_COUNT; fact++) {
        mirror_put_fact(&document->scratch, mirror, fact);
        if (document->scratch.len == 0) continue;
        text_puts(document->text, "- ");
        text_puts(document->text, mirror_fact_name(fact));
        text_puts(document->text, ": ");
        put_scratch(document);
        text_putc(document->text, '\n');
    }
}

static void add_scratch(struct document *document, struct markdown_table *table)
{
    markdown_table_add(table, text_slice(&document->scratch));
    text_clear(&document->scratch);
}

/* `Formatie: Jeugdbeschermers (fte)` */
static void put_name(struct text *text, const struct mirror_row *row)
{
    const struct measure *group = mirror_row_group(row);
    const struct slice unit = row->own.indicator->unit;
    if (group != NULL) {
        text_put(text, group->name);
        text_puts(text, ": ");
    }
    text_put(text, mirror_row_name(row));
    if (unit.len == 0) return;
    text_puts(text, " (");
    text_put(text, unit);
    text_putc(text, ')');
}

static void add_columns(struct document *document, struct markdown_table *table,
                        const struct mirror_section *section)
{
    markdown_table_add(table, slice_of(section->subject));
    table->columns = 1;
    for (enum mirror_column column = 0; column < MIRROR_COLUMN_COUNT; column++) {
        if (!section->shows[column]) continue;
        mirror_put_column(&document->scratch, section, column);
        add_scratch(document, table);
        table->columns++;
    }
}

static void add_row(struct document *document, struct markdown_table *table,
                    const struct mirror_section *section, const struct mirror_row *row)
{
    put_name(&document->scratch, row);
    add_scratch(document, table);
    for (enum mirror_column column = 0; column < MIRROR_COLUMN_COUNT; column++) {
        if (!section->shows[column]) continue;
        const char *mark = mirror_cell_mark(row, column);
        mirror_put_cell(&document->scratch, row, column);
        if (mark[0] != '\0') text_putc(&document->scratch, ' ');
        text_puts(&document->scratch, mark);
        add_scratch(document, table);
    }
}

static void put_section(struct document *document, const struct mirror_section *section)
{
    struct markdown_table table = {.arena = &document->arena};
    if (section->row_count == 0) return;
    put_heading(document, section->title);
    add_columns(document, &table, section);
    for (size_t i = 0; i < section->row_count; i++)
        add_row(document, &table, section, &section->rows[i]);
    markdown_table_put(document->text, &table);
}

static void put_notes(struct document *document, const struct mirror *mirror)
{
    text_puts(document->text, "\n## Bij deze cijfers\n");
    mirror_put_notes(&document->scratch, mirror);
    markdown_put_paragraphs(document->text, text_slice(&document->scratch));
    text_clear(&document->scratch);
}

static void put_finding(struct document *document, const struct finding *finding)
{
    text_puts(document->text, "- **");
    text_puts(document->text, severity_id(finding->severity));
    text_puts(document->text, "** ");
    markdown_put_plain(document->text, finding->code);
    mirror_put_place(&document->scratch, finding);
    if (document->scratch.len > 0) text_puts(document->text, ", ");
    put_scratch(document);
    text_puts(document->text, ": ");
    markdown_put_plain(document->text, finding->message);
    if (finding->explanation.len > 0) {
        text_puts(document->text, " Toelichting: ");
        markdown_put_plain(document->text, finding->explanation);
    }
    text_putc(document->text, '\n');
}

static void put_findings(struct document *document, const struct mirror *mirror)
{
    struct findings findings;
    findings_init(&findings, &document->arena);
    mirror_findings(mirror, &findings);
    put_heading(document, "Bevindingen");
    if (findings.count == 0) text_puts(document->text, "Er zijn geen bevindingen.\n");
    for (size_t i = 0; i < findings.count; i++)
        put_finding(document, &findings.items[i]);
}

void mirror_put_markdown(struct text *text, const struct mirror *mirror)
{
    struct document document = {.text = text};
    struct mirror_section sections[MIRROR_SECTIONS];
    arena_init(&document.arena);
    mirror_sections(mirror, sections);
    put_facts(&document, mirror);
    for (size_t i = 0; i < MIRROR_SECTIONS; i++)
        put_section(&document, &sections[i]);
    put_notes(&document, mirror);
    put_findings(&document, mirror);
    text_done(&document.scratch);
    arena_done(&document.arena);
}
