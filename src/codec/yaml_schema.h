#ifndef GIMON_CODEC_YAML_SCHEMA_H
#define GIMON_CODEC_YAML_SCHEMA_H

#include "base/date.h"
#include "base/decimal.h"
#include "codec/fault_text.h"
#include "codec/yaml_tree.h"

/** What a key holds. */
enum schema_type {
    SCHEMA_TEXT,    /**< a text that is not empty */
    SCHEMA_BOOL,    /**< true or false */
    SCHEMA_WHOLE,   /**< a whole number within bounds */
    SCHEMA_DECIMAL, /**< an exact number within bounds */
    SCHEMA_DATE,    /**< 2024-10-01 */
    SCHEMA_MOMENT,  /**< 2024-10-14T09:30:00Z */
    SCHEMA_CHOICE,  /**< one word of a list */
    SCHEMA_TEXTS,   /**< a list of texts, none twice */
    SCHEMA_LIST,    /**< a list; its reader looks at the items */
    SCHEMA_MAP,     /**< a map; its reader looks at the members */
};

/** One key of a map: a row of the table that says what may stand there. */
struct schema_key {
    struct slice name;
    enum schema_type type;
    bool required;
    int64_t least, most;  /**< SCHEMA_WHOLE and SCHEMA_DECIMAL */
    int64_t initial;      /**< SCHEMA_WHOLE, SCHEMA_BOOL, SCHEMA_CHOICE: the number where absent */
    struct words choices; /**< SCHEMA_CHOICE */
    const char *help;     /**< what the number is, said where it is out of bounds; may be NULL */
};

/** All keys that a map may have. */
struct schema {
    const struct schema_key *keys;
    size_t count;
};

/** What was read for one key. */
struct schema_value {
    bool given;              /**< the key stands there, right or wrong */
    bool present;            /**< and its value is right: the fields below hold */
    struct place place;      /**< of the value; of the map where the key is absent */
    const struct node *node; /**< NULL where absent */
    struct slice text;       /**< SCHEMA_TEXT */
    int64_t number;          /**< SCHEMA_WHOLE, SCHEMA_BOOL (0, 1), SCHEMA_CHOICE (index) */
    struct decimal decimal;  /**< SCHEMA_DECIMAL */
    struct date date;        /**< SCHEMA_DATE */
    struct moment moment;    /**< SCHEMA_MOMENT */
};

/** How an id may be spelled. */
enum id_style {
    ID_NAME,   /**< letters, digits, `-`, `_`, beginning with a small letter: `inDienst` */
    ID_SNAKE,  /**< small letters, digits, `_`: `wachttijd_start` */
    ID_KEBAB,  /**< small letters, digits, single `-` between them: `jb-noord` */
    ID_REGION, /**< capitals, digits: `JZ01` */
};

/**
 * Reads a map by its schema: one value a key, in the order of the schema. Every unknown key,
 * missing required key and wrong value is a fault; a value that is wrong is not present. False
 * where the node is no map at all, and then all values are absent. `what` says what the map is, for
 * people.
 */
bool schema_read(const struct schema *schema, const struct node *node, const char *what,
                 struct faults *faults, struct schema_value *ret_values);

/** How many members or items to walk: of a value that is present, else 0. */
size_t schema_count(const struct schema_value *value);

/** Holds an id to its style; a fault otherwise. */
bool schema_check_id(struct slice id, enum id_style style, struct place place,
                     struct faults *faults);

/** A fault where the key was given although `why` it has no meaning here. */
void schema_refuse(const struct schema *schema, const struct schema_value *values, size_t key,
                   const char *why, struct faults *faults);

/** A fault where the key is absent although `why` it is needed here. */
void schema_need(const struct schema *schema, const struct schema_value *values, size_t key,
                 const char *why, struct faults *faults);

#endif
