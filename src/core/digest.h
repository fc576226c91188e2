#ifndef GIMON_CORE_DIGEST_H
#define GIMON_CORE_DIGEST_H

#include "base/slice.h"
#include "base/text.h"

/** A SHA-256 digest. */
struct digest {
    uint8_t bytes[32];
};

enum { DIGEST_HEX_LEN = 64 };

/** SHA-256 of the bytes. */
struct digest digest_of(struct slice bytes);

/** Appends 64 lower-case hexadecimal digits. */
void digest_put(struct text *text, const struct digest *digest);

/** Appends 44 characters of base64 (RFC 4648, section 4), as a content security policy wants it. */
void digest_put_base64(struct text *text, const struct digest *digest);

/** Reads 64 hexadecimal digits; false for anything else. */
bool digest_parse(struct slice hex, struct digest *ret_digest) __attribute__((warn_unused_result));

/** Whether two digests are the same, in time that does not depend on them. */
bool digest_equal(const struct digest *a, const struct digest *b);

#endif
