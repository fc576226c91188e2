/*
 * Looking things up in a published document. Everything is a value that was read once; nothing can
 * fail.
 */
#include "core/publication.h"

const struct published_line *publication_find_line(const struct publication *publication,
                                                   struct slice id)
{
    for (size_t i = 0; i < publication->line_count; i++) {
        if (slice_equal(publication->lines[i].id, id)) return &publication->lines[i];
    }
    return NULL;
}

const struct published_figure *published_line_on(const struct published_line *line,
                                                 struct date peildatum)
{
    for (size_t i = 0; i < line->figure_count; i++) {
        if (date_compare(line->figures[i].peildatum, peildatum) == 0) return &line->figures[i];
    }
    return NULL;
}
