#ifndef GIMON_CODEC_ACCESS_YAML_H
#define GIMON_CODEC_ACCESS_YAML_H

#include "base/fault.h"
#include "codec/rulebook_yaml.h"
#include "core/access.h"

/** Reads toegang.yaml; an empty text has no tokens. NULL if there was any fault. */
struct access *access_yaml_read(const struct source_file *file, struct faults *faults);

/** Appends toegang.yaml: a comment on who writes it, then every token by digest. */
void access_yaml_write(struct text *text, const struct access *access);

#endif
