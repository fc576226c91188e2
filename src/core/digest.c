/* SHA-256 by nettle, and its 64 hexadecimal digits or 44 of base64. Comparing takes the same time
 * whatever. */
#include "core/digest.h"

#include <nettle/sha2.h>

struct digest digest_of(struct slice bytes)
{
    struct sha256_ctx context;
    struct digest digest;
    sha256_init(&context);
    if (bytes.len > 0) sha256_update(&context, bytes.len, (const uint8_t *)bytes.ptr);
    sha256_digest(&context, sizeof(digest.bytes), digest.bytes);
    return digest;
}

void digest_put(struct text *text, const struct digest *digest)
{
    static const char digits[] = "0123456789abcdef";
    char hex[DIGEST_HEX_LEN];
    for (size_t i = 0; i < sizeof(digest->bytes); i++) {
        hex[2 * i] = digits[digest->bytes[i] >> 4];
        hex[2 * i + 1] = digits[digest->bytes[i] & 15];
    }
    text_put(text, slice_from(hex, sizeof(hex)));
}

/* 32 bytes are ten groups of three and one of two, which is filled up with a zero byte and `=`. */
void digest_put_base64(struct text *text, const struct digest *digest)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const size_t size = sizeof(digest->bytes);
    for (size_t i = 0; i < size; i += 3) {
        const unsigned last = i + 2 < size ? digest->bytes[i + 2] : 0U;
        const unsigned group =
            (unsigned)digest->bytes[i] << 16 | (unsigned)digest->bytes[i + 1] << 8 | last;
        text_putc(text, letters[group >> 18]);
        text_putc(text, letters[group >> 12 & 63]);
        text_putc(text, letters[group >> 6 & 63]);
        text_putc(text, i + 2 < size ? letters[group & 63] : '=');
    }
}

/* The value of a hexadecimal digit; -1 for anything else. */
static int hex_value(char digit)
{
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

bool digest_parse(struct slice hex, struct digest *ret_digest)
{
    struct digest digest;
    if (hex.len != DIGEST_HEX_LEN) return false;
    for (size_t i = 0; i < sizeof(digest.bytes); i++) {
        const int high = hex_value(hex.ptr[2 * i]);
        const int low = hex_value(hex.ptr[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        digest.bytes[i] = (uint8_t)(high * 16 + low);
    }
    *ret_digest = digest;
    return true;
}

bool digest_equal(const struct digest *a, const struct digest *b)
{
    unsigned difference = 0;
    for (size_t i = 0; i < sizeof(a->bytes); i++)
        difference |= (unsigned)(a->bytes[i] ^ b->bytes[i]);
    return difference == 0;
}
