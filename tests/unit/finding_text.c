#include "unit/finding_text.h"

static void put_line(struct text *text, const char *before, struct slice value)
{
    if (value.len == 0) return;
    text_puts(text, "\n    ");
    text_puts(text, before);
    text_put(text, value);
}

static void put_finding(struct text *text, const struct finding *finding)
{
    text_puts(text, severity_id(finding->severity));
    text_putc(text, ' ');
    text_put(text, finding->code);
    if (finding->place.len > 0) text_puts(text, " op ");
    text_put(text, finding->place);
    if (finding->line > 0) text_printf(text, " (%u:%u)", finding->line, finding->column);
    put_line(text, "", finding->message);
    put_line(text, "gevonden: ", finding->found);
    put_line(text, "verwacht: ", finding->allowed);
    put_line(text, "toelichting: ", finding->explanation);
    text_putc(text, '\n');
}

void finding_text_put(struct text *text, const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        put_finding(text, &findings->items[i]);
}
