/*
 * Windows-1252 is Latin-1, but for 32 bytes that mean a character of their own or none at all
 * (www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT).
 */
#include "base/windows1252.h"

enum { OWN_FIRST = 0x80, OWN_LAST = 0x9F };

/* Code points of 80 to 9F; 0 where there is none. */
static const uint16_t own_points[] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static unsigned point_of(unsigned char byte)
{
    return byte >= OWN_FIRST && byte <= OWN_LAST ? own_points[byte - OWN_FIRST] : byte;
}

static void put_byte(struct text *text, unsigned byte)
{
    text_putc(text, (char)(unsigned char)byte);
}

/* Nothing here is beyond U+2122, so three bytes are the most. */
static void put_point(struct text *text, unsigned point)
{
    if (point < 0x80) {
        put_byte(text, point);
    } else if (point < 0x800) {
        put_byte(text, 0xC0U | point >> 6);
        put_byte(text, 0x80U | (point & 0x3FU));
    } else {
        put_byte(text, 0xE0U | point >> 12);
        put_byte(text, 0x80U | (point >> 6 & 0x3FU));
        put_byte(text, 0x80U | (point & 0x3FU));
    }
}

static bool all_mean_something(struct slice bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        const unsigned char byte = (unsigned char)bytes.ptr[i];
        if (byte >= OWN_FIRST && point_of(byte) == 0) return false;
    }
    return true;
}

bool windows1252_put(struct text *text, struct slice bytes)
{
    if (!all_mean_something(bytes)) return false;
    for (size_t i = 0; i < bytes.len; i++)
        put_point(text, point_of((unsigned char)bytes.ptr[i]));
    return true;
}
