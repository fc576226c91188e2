#ifndef GIMON_CODEC_CONFIG_LIMITS_H
#define GIMON_CODEC_CONFIG_LIMITS_H

#include "codec/yaml_schema.h"
#include "core/limits.h"

/** `{verzoeken: 600, perSeconden: 60}`; absent: no limit. `what` names the map, for people. */
struct quota config_quota_read(const struct schema_value *value, const char *what,
                               struct faults *faults);

/** `{pogingen: 30, perSeconden: 60, wachtSeconden: 300}`; what is absent has its default. */
void config_wrong_tokens_read(const struct schema_value *value, struct faults *faults,
                              struct limits *limits);

/** A list of addresses, networks (`10.0.0.0/8`) and the word `unix`; absent: nobody. */
struct proxies config_proxies_read(const struct schema_value *value, struct faults *faults);

#endif
