#ifndef GIMON_BASE_ADDRESS_H
#define GIMON_BASE_ADDRESS_H

#include "base/slice.h"

enum { ADDRESS_BYTES = 16, ADDRESS_BITS = 128 };

/** An Internet address; IPv4 stands as IPv6 has it (::ffff:192.0.2.1), so there is one kind. */
struct address {
    uint8_t bytes[ADDRESS_BYTES];
};

/** All addresses that begin with the first `bits` of `base`. */
struct network {
    struct address base;
    unsigned bits;
};

/**
 * Reads `192.0.2.1` or `2001:db8::1` (RFC 4291, 2.2) and nothing else: no port, no brackets, no
 * zone, no leading zeros in a decimal.
 */
bool address_parse(struct slice text, struct address *ret_address)
    __attribute__((warn_unused_result));

/** Reads a port, 0 to 65535, in plain digits. */
bool port_parse(struct slice text, uint16_t *ret_port) __attribute__((warn_unused_result));

/** The same address. */
bool address_equal(const struct address *a, const struct address *b);

/** Whether it is an IPv4 address. */
bool address_is_v4(const struct address *address);

/** Reads `10.0.0.0/8` or one address; false also where bits stand behind the prefix. */
bool network_parse(struct slice text, struct network *ret_network)
    __attribute__((warn_unused_result));

/** Whether the address is one of the network's. */
bool network_holds(const struct network *network, const struct address *address);

#endif
