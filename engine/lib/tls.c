/* tls.c: protocol versions, and reasons. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/ascii.h"
#include "lib/tls.h"

static const struct pe_text why_texts[] = {
    [PE_TLS_OK] = {"", ""},
    [PE_TLS_UNKNOWN_VERSION] = {"not a version of SSL or TLS that is known here",
                                "SSL/TLSのバージョンとして認識できません"},
    [PE_TLS_DTLS] = {"a version of DTLS, not of TLS", "TLSではなくDTLSのバージョンです"},
    [PE_TLS_UNKNOWN_CIPHER] = {"not a cipher suite that is known here",
                               "暗号スイートとして認識できません"},
    [PE_TLS_SIGNAL] = {"a signalling value, not a cipher suite",
                       "暗号スイートではなくシグナル値（SCSV）です"},
};

struct pe_text pe_tls_why_text(enum pe_tls_why why)
{
    return why_texts[why];
}

static int refuse(enum pe_tls_why *why, enum pe_tls_why reason)
{
    *why = reason;
    return -1;
}

/* ---- versions ----
 * A spelling is a family ("TLS", "SSL" or none), an optional separator, an optional "v", an
 * optional separator, and a number. */

struct spelling {
    const char *next, *end;
};

static bool take_word(struct spelling *spelling, const char *word)
{
    size_t length = strlen(word);

    if ((size_t)(spelling->end - spelling->next) < length ||
        !pe_ascii_same(spelling->next, word, length))
        return false;
    spelling->next += length;
    return true;
}

static void take_separator(struct spelling *spelling)
{
    if (spelling->next < spelling->end && memchr(" _-", *spelling->next, 3) != NULL)
        spelling->next++;
}

static const struct number {
    const char *text;
    enum pe_tls_version version;
} tls_numbers[] =
    {
        {"1", PE_TLS_1_0},   {"1.0", PE_TLS_1_0}, {"1_0", PE_TLS_1_0}, {"10", PE_TLS_1_0},
        {"1.1", PE_TLS_1_1}, {"1_1", PE_TLS_1_1}, {"11", PE_TLS_1_1},  {"1.2", PE_TLS_1_2},
        {"1_2", PE_TLS_1_2}, {"12", PE_TLS_1_2},  {"1.3", PE_TLS_1_3}, {"1_3", PE_TLS_1_3},
        {"13", PE_TLS_1_3},  {NULL, 0},
},
  ssl_numbers[] =
      {
          {"2", PE_TLS_SSL2}, {"2.0", PE_TLS_SSL2}, {"2_0", PE_TLS_SSL2},
          {"3", PE_TLS_SSL3}, {"3.0", PE_TLS_SSL3}, {"3_0", PE_TLS_SSL3},
          {NULL, 0},
},
  bare_numbers[] = {
      {"1.0", PE_TLS_1_0}, {"1.1", PE_TLS_1_1}, {"1.2", PE_TLS_1_2}, {"1.3", PE_TLS_1_3}, {NULL, 0},
};

static int find_number(struct spelling spelling, const struct number *numbers,
                       enum pe_tls_version *version)
{
    size_t length = (size_t)(spelling.end - spelling.next);

    for (; numbers->text != NULL; numbers++) {
        if (strlen(numbers->text) != length || memcmp(numbers->text, spelling.next, length) != 0)
            continue;
        *version = numbers->version;
        return 0;
    }
    return -1;
}

int pe_tls_parse_version(const char *text, size_t length, enum pe_tls_version *version,
                         enum pe_tls_why *why)
{
    struct spelling spelling = {text, text + length};
    const struct number *numbers = bare_numbers;

    if (take_word(&spelling, "dtls"))
        return refuse(why, PE_TLS_DTLS);
    if (take_word(&spelling, "tls"))
        numbers = tls_numbers;
    else if (take_word(&spelling, "ssl"))
        numbers = ssl_numbers;
    if (numbers != bare_numbers) {
        take_separator(&spelling);
        if (take_word(&spelling, "v"))
            take_separator(&spelling);
    }
    return find_number(spelling, numbers, version) == 0 ? 0 : refuse(why, PE_TLS_UNKNOWN_VERSION);
}

const char *pe_tls_version_name(enum pe_tls_version version)
{
    static const char *const names[] = {
        [PE_TLS_SSL2] = "SSL 2.0", [PE_TLS_SSL3] = "SSL 3.0", [PE_TLS_1_0] = "TLS 1.0",
        [PE_TLS_1_1] = "TLS 1.1",  [PE_TLS_1_2] = "TLS 1.2",  [PE_TLS_1_3] = "TLS 1.3",
    };

    return names[version];
}
