#ifndef GIMON_CORE_CHECK_VALUES_H
#define GIMON_CORE_CHECK_VALUES_H

#include "core/check_kit.h"

/** What a value can have against it, always an error. X(constant, code, message). */
#define VALUE_PROBLEMS(X)                                                                          \
    X(VALUE_NO_REGIONS, CODE_NO_REGIONS,                                                           \
      "Dit cijfer wordt niet per regio geleverd. Haal het weg bij de regio's.")                    \
    X(VALUE_PARTS_NEEDED, CODE_PARTS_NEEDED,                                                       \
      "Dit cijfer is uitgesplitst. Vul bij elk deel apart een waarde in; voor het geheel kan "     \
      "alleen worden gezegd dat het niet van toepassing is, en dan niets bij de delen.")           \
    X(VALUE_NO_PARTS, CODE_NO_PARTS,                                                               \
      "Dit cijfer is niet uitgesplitst. Geef één waarde, zonder delen.")                           \
    X(VALUE_WRONG_KIND, CODE_WRONG_KIND,                                                           \
      "Deze waarde past niet bij dit cijfer. Schrijf haar in de vorm die hier verwacht wordt.")    \
    X(VALUE_OUT_OF_RANGE, CODE_OUT_OF_RANGE,                                                       \
      "Dit getal ligt buiten wat voor dit cijfer mogelijk is. Verbeter het.")                      \
    X(VALUE_TOO_FINE, CODE_TOO_FINE,                                                               \
      "Dit getal heeft meer decimalen dan dit cijfer kent. Rond het af.")                          \
    X(VALUE_LIKE_BSN, CODE_PERSON,                                                                 \
      "Dit getal lijkt op een burgerservicenummer. Een aanlevering bevat nooit gegevens van "      \
      "personen; vul het aantal in.")                                                              \
    X(VALUE_SINCE_FUTURE, CODE_SINCE_FUTURE,                                                       \
      "Deze begindatum ligt na de peildatum; wie later begon te wachten, telt nog niet mee. "      \
      "Verbeter de datum of haal de regel weg.")                                                   \
    X(VALUE_SINCE_PAST, CODE_SINCE_PAST,                                                           \
      "Deze begindatum ligt langer geleden dan mogelijk is. Verbeter de datum.")                   \
    X(VALUE_DAYS_ONLY, CODE_DAYS_ONLY,                                                             \
      "Er zijn wachtdagen zonder wachtenden. Vul het aantal in, of zet ook de dagen op 0.")        \
    X(VALUE_WAIT_SHORT, CODE_WAIT_SHORT,                                                           \
      "Dit zijn te weinig wachtdagen voor dit aantal wachtenden, want wie korter wacht, "          \
      "staat niet op deze lijst. Geef bij \"dagen\" de som van de dagen van alle wachtenden.")     \
    X(VALUE_WAIT_LONG, CODE_WAIT_LONG,                                                             \
      "Dit zijn te veel wachtdagen voor dit aantal wachtenden. Controleer het aantal en geef bij " \
      "\"dagen\" de som van de dagen van alle wachtenden.")

enum value_problem {
#define VALUE_CONSTANT(constant, code, message) constant,
    VALUE_PROBLEMS(VALUE_CONSTANT)
#undef VALUE_CONSTANT
};

/** A value with the measure and part it turned out to be for. */
struct value {
    const struct entry *entry;
    const struct measure *measure;
    const struct part *part;
};

/** Holds a value against its measure; what is refused marks its columns. */
void check_value(struct checker *checker, const struct value *value);

/**
 * Refuses an entry: place, code and message are filled in, of `detail` only `found`, `allowed` and,
 * where there is one, line and column count.
 */
void check_refuse(struct checker *checker, const struct entry *entry, enum value_problem problem,
                  struct finding detail);

#endif
