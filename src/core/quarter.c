/*
 * Where a quarter ends: the smallest rank that at least so many quarters of all values lie at or
 * below. The mirror report places by it and `kwartiel` takes the value there, so the two agree.
 */
#include "core/quarter.h"

size_t quarter_end(unsigned quarter, size_t count)
{
    return (quarter * count + QUARTERS - 1) / QUARTERS;
}
