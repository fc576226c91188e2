#ifndef GIMON_CODEC_RENDER_EDITION_H
#define GIMON_CODEC_RENDER_EDITION_H

#include "codec/json_writer.h"
#include "core/edition.h"

/** How much of an edition is told. */
enum edition_detail {
    EDITION_WHOLE,
    EDITION_PUBLIC, /**< name, status, peildata and moments: no texts, no makers, no digests of them
                     */
};

/** All that is known of an edition, as members of the object that is open. */
void render_edition_put(struct json *json, const struct edition *edition, struct slice monitor);

/** One edition as a JSON document. */
void render_edition_json(struct text *text, const struct edition *edition, struct slice monitor,
                         enum edition_detail detail);

/** All of them, oldest first. */
void render_editions_json(struct text *text, const struct editions *editions, struct slice monitor,
                          enum edition_detail detail);

#endif
