#ifndef GIMON_CODEC_RENDER_MIRROR_H
#define GIMON_CODEC_RENDER_MIRROR_H

#include "base/text.h"
#include "core/mirror.h"

/* The mirror report in each form; the constants in render.h point here. */

void mirror_put_json(struct text *text, const struct mirror *mirror);
void mirror_put_markdown(struct text *text, const struct mirror *mirror);
void mirror_put_html(struct text *text, const struct mirror *mirror);

#endif
