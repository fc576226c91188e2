# Makes a C file out of any other file: `cmake -D INPUT=… -D OUTPUT=… -D NAME=… -P embed.cmake`. It
# defines the array NAME, a NUL behind its end, and NAME_size without that NUL.
file(READ "${INPUT}" hex HEX)
string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
file(WRITE "${OUTPUT}" "#include <stddef.h>
extern const unsigned char ${NAME}[];
extern const size_t ${NAME}_size;
const unsigned char ${NAME}[] = {
${bytes}0x00};
const size_t ${NAME}_size = sizeof ${NAME} - 1;
")
