/* tls_cipher.c: what a cipher suite's name says. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/ascii.h"
#include "lib/tls.h"

/* IANA: TLS_<keys>_WITH_<cipher>[_<mac>], and TLS_<cipher>_<hash> of TLS 1.3. OpenSSL:
 * [EXP-][<keys>-]<cipher>[-<mac>], without keys RSA. Every part must be known. */

struct part {
    const char *iana, *openssl; /* NULL: that list has no such name */
    unsigned classes;
};

static const struct part keys[] = {
    {"RSA", NULL, PE_TLS_RSA_KEYS},
    {"RSA_EXPORT", NULL, PE_TLS_RSA_KEYS | PE_TLS_EXPORT},
    {"RSA_EXPORT1024", NULL, PE_TLS_RSA_KEYS | PE_TLS_EXPORT},
    {"DH_RSA", "DH-RSA", 0},
    {"DH_DSS", "DH-DSS", 0},
    {"DH_RSA_EXPORT", NULL, PE_TLS_EXPORT},
    {"DH_DSS_EXPORT", NULL, PE_TLS_EXPORT},
    {"DHE_RSA", "DHE-RSA", PE_TLS_FORWARD},
    {"DHE_DSS", "DHE-DSS", PE_TLS_FORWARD},
    {NULL, "EDH-RSA", PE_TLS_FORWARD},
    {NULL, "EDH-DSS", PE_TLS_FORWARD},
    {"DHE_RSA_EXPORT", NULL, PE_TLS_FORWARD | PE_TLS_EXPORT},
    {"DHE_DSS_EXPORT", NULL, PE_TLS_FORWARD | PE_TLS_EXPORT},
    {"DHE_DSS_EXPORT1024", NULL, PE_TLS_FORWARD | PE_TLS_EXPORT},
    {"DH_anon", "ADH", PE_TLS_ANONYMOUS | PE_TLS_FORWARD},
    {"DH_anon_EXPORT", NULL, PE_TLS_ANONYMOUS | PE_TLS_FORWARD | PE_TLS_EXPORT},
    {"ECDH_RSA", "ECDH-RSA", 0},
    {"ECDH_ECDSA", "ECDH-ECDSA", 0},
    {"ECDHE_RSA", "ECDHE-RSA", PE_TLS_FORWARD},
    {"ECDHE_ECDSA", "ECDHE-ECDSA", PE_TLS_FORWARD},
    {NULL, "ECDHE", PE_TLS_FORWARD}, /* ECDHE-ARIA128-GCM-SHA256 */
    {"ECDH_anon", "AECDH", PE_TLS_ANONYMOUS | PE_TLS_FORWARD},
    {"PSK", "PSK", PE_TLS_PSK},
    {"RSA_PSK", "RSA-PSK", PE_TLS_PSK | PE_TLS_RSA_KEYS},
    {"DHE_PSK", "DHE-PSK", PE_TLS_PSK | PE_TLS_FORWARD},
    {"ECDHE_PSK", "ECDHE-PSK", PE_TLS_PSK | PE_TLS_FORWARD},
    {"SRP_SHA", "SRP", 0},
    {"SRP_SHA_RSA", "SRP-RSA", 0},
    {"SRP_SHA_DSS", "SRP-DSS", 0},
    {"KRB5", "KRB5", 0},
    {"KRB5_EXPORT", NULL, PE_TLS_EXPORT},
};

/* More of a cipher, beside its classes. */
enum {
    BARE = 1 << 20, /* the name may end here, without a MAC */
    IN_1_3 = 1 << 21,
    MORE = BARE | IN_1_3,
};

static const struct part ciphers[] = {
    {"NULL", "NULL", PE_TLS_NULL},
    {"RC4_40", NULL, PE_TLS_RC4 | PE_TLS_EXPORT},
    {"RC4_56", NULL, PE_TLS_RC4 | PE_TLS_EXPORT},
    {"RC4_128", "RC4", PE_TLS_RC4},
    {NULL, "RC4-64", PE_TLS_RC4},
    {"RC2_CBC_40", NULL, PE_TLS_RC2 | PE_TLS_CBC | PE_TLS_EXPORT},
    {"RC2_CBC_56", NULL, PE_TLS_RC2 | PE_TLS_CBC | PE_TLS_EXPORT},
    {"RC2_128_CBC", "RC2-CBC", PE_TLS_RC2 | PE_TLS_CBC},
    {"IDEA_CBC", "IDEA-CBC", PE_TLS_IDEA | PE_TLS_CBC},
    {"DES40_CBC", NULL, PE_TLS_DES | PE_TLS_CBC | PE_TLS_EXPORT},
    {"DES_CBC_40", NULL, PE_TLS_DES | PE_TLS_CBC | PE_TLS_EXPORT},
    {"DES_CBC", "DES-CBC", PE_TLS_DES | PE_TLS_CBC},
    {"3DES_EDE_CBC", "DES-CBC3", PE_TLS_3DES | PE_TLS_CBC},
    {NULL, "3DES-EDE-CBC", PE_TLS_3DES | PE_TLS_CBC},
    {"AES_128_CBC", "AES128", PE_TLS_CBC},
    {"AES_256_CBC", "AES256", PE_TLS_CBC},
    {NULL, "AES128-CBC", PE_TLS_CBC},
    {NULL, "AES256-CBC", PE_TLS_CBC},
    {NULL, "AES-128-CBC", PE_TLS_CBC},
    {NULL, "AES-256-CBC", PE_TLS_CBC},
    {"CAMELLIA_128_CBC", "CAMELLIA128", PE_TLS_CBC},
    {"CAMELLIA_256_CBC", "CAMELLIA256", PE_TLS_CBC},
    {"ARIA_128_CBC", "ARIA128-CBC", PE_TLS_CBC},
    {"ARIA_256_CBC", "ARIA256-CBC", PE_TLS_CBC},
    {"SEED_CBC", "SEED", PE_TLS_CBC},
    {"AES_128_GCM", "AES128-GCM", PE_TLS_AEAD | IN_1_3},
    {"AES_256_GCM", "AES256-GCM", PE_TLS_AEAD | IN_1_3},
    {"AES_128_CCM", "AES128-CCM", PE_TLS_AEAD | BARE | IN_1_3},
    {"AES_256_CCM", "AES256-CCM", PE_TLS_AEAD | BARE},
    {"AES_128_CCM_8", "AES128-CCM8", PE_TLS_AEAD | BARE | IN_1_3},
    {"AES_256_CCM_8", "AES256-CCM8", PE_TLS_AEAD | BARE},
    {"CAMELLIA_128_GCM", "CAMELLIA128-GCM", PE_TLS_AEAD},
    {"CAMELLIA_256_GCM", "CAMELLIA256-GCM", PE_TLS_AEAD},
    {"ARIA_128_GCM", "ARIA128-GCM", PE_TLS_AEAD},
    {"ARIA_256_GCM", "ARIA256-GCM", PE_TLS_AEAD},
    {"CHACHA20_POLY1305", NULL, PE_TLS_AEAD | IN_1_3},
    {NULL, "CHACHA20-POLY1305", PE_TLS_AEAD | BARE},
    {"SM4_GCM", NULL, PE_TLS_AEAD | IN_1_3},
    {"SM4_CCM", NULL, PE_TLS_AEAD | IN_1_3},
};

/* With an AEAD cipher the last part is the hash of the key schedule and no MAC. */
static const struct part macs[] = {
    {"MD5", "MD5", PE_TLS_MD5}, {"SHA", "SHA", PE_TLS_SHA1}, {"SHA256", "SHA256", 0},
    {"SHA384", "SHA384", 0},    {"SM3", "SM3", 0},
};

/* Names that follow no rule. classes 0: a signalling value. */
static const struct {
    const char *name;
    unsigned classes;
} odd[] = {
    {"TLS_NULL_WITH_NULL_NULL", PE_TLS_NULL | PE_TLS_ANONYMOUS},
    {"TLS_SHA256_SHA256", PE_TLS_NULL | PE_TLS_FORWARD | PE_TLS_ONLY_1_3}, /* RFC 9150 */
    {"TLS_SHA384_SHA384", PE_TLS_NULL | PE_TLS_FORWARD | PE_TLS_ONLY_1_3},
    {"TLS_EMPTY_RENEGOTIATION_INFO_SCSV", 0},
    {"TLS_FALLBACK_SCSV", 0},
};

struct name {
    const char *text;
    size_t length;
    bool iana;
};

static const char *spelling(const struct part *part, const struct name *name)
{
    return name->iana ? part->iana : part->openssl;
}

static bool starts_with(const struct name *name, const char *word)
{
    size_t length = strlen(word);

    return length <= name->length && pe_ascii_same(name->text, word, length);
}

static struct name skip(struct name name, size_t bytes)
{
    return (struct name){name.text + bytes, name.length - bytes, name.iana};
}

static int find_mac(struct name name, unsigned *classes)
{
    size_t i;

    for (i = 0; i < sizeof macs / sizeof *macs; i++) {
        if (!pe_ascii_is(name.text, name.length, spelling(&macs[i], &name)))
            continue;
        *classes = macs[i].classes;
        return 0;
    }
    return -1;
}

/* What follows a cipher's name: nothing, or a separator and a MAC that suits it. */
static int finish(const struct part *cipher, struct name rest, unsigned *classes)
{
    unsigned mac = 0;

    if (rest.length == 0) {
        *classes = cipher->classes & ~(unsigned)IN_1_3;
        return (cipher->classes & BARE) != 0 ? 0 : -1;
    }
    if (rest.text[0] != (rest.iana ? '_' : '-') || find_mac(skip(rest, 1), &mac) != 0)
        return -1;
    if ((cipher->classes & PE_TLS_AEAD) != 0 && mac != 0)
        return -1;
    *classes = cipher->classes | mac;
    return 0;
}

static int find_cipher(struct name name, unsigned *classes)
{
    const char *word;
    size_t i;

    for (i = 0; i < sizeof ciphers / sizeof *ciphers; i++) {
        word = spelling(&ciphers[i], &name);
        if (word != NULL && starts_with(&name, word) &&
            finish(&ciphers[i], skip(name, strlen(word)), classes) == 0)
            return 0;
    }
    return -1;
}

static int find_iana(struct name name, unsigned *classes)
{
    struct name rest;
    size_t i;

    for (i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (keys[i].iana == NULL || !starts_with(&name, keys[i].iana))
            continue;
        rest = skip(name, strlen(keys[i].iana));
        if (!starts_with(&rest, "_WITH_") || find_cipher(skip(rest, 6), classes) != 0)
            continue;
        *classes |= keys[i].classes;
        return 0;
    }
    if (find_cipher(name, classes) != 0 || (*classes & IN_1_3) == 0)
        return -1;
    *classes |= PE_TLS_FORWARD | PE_TLS_ONLY_1_3;
    return 0;
}

static int find_openssl(struct name name, unsigned *classes)
{
    struct name rest;
    size_t i;

    for (i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (keys[i].openssl == NULL || !starts_with(&name, keys[i].openssl))
            continue;
        rest = skip(name, strlen(keys[i].openssl));
        if (!starts_with(&rest, "-") || find_cipher(skip(rest, 1), classes) != 0)
            continue;
        *classes |= keys[i].classes;
        return 0;
    }
    if (find_cipher(name, classes) != 0)
        return -1;
    *classes |= PE_TLS_RSA_KEYS;
    return 0;
}

static int find_export(struct name name, unsigned *classes)
{
    size_t prefix = starts_with(&name, "EXP-") ? 4 : starts_with(&name, "EXP1024-") ? 8 : 0;

    if (find_openssl(skip(name, prefix), classes) != 0)
        return -1;
    if (prefix > 0)
        *classes |= PE_TLS_EXPORT;
    return 0;
}

static int refuse(enum pe_tls_why *why, enum pe_tls_why reason)
{
    *why = reason;
    return -1;
}

int pe_tls_parse_cipher(const char *text, size_t length, unsigned *classes, enum pe_tls_why *why)
{
    struct name name = {text, length, true};
    unsigned found;
    size_t i;
    int status;

    for (i = 0; i < sizeof odd / sizeof *odd; i++) {
        if (!pe_ascii_is(text, length, odd[i].name))
            continue;
        if (odd[i].classes == 0)
            return refuse(why, PE_TLS_SIGNAL);
        *classes = odd[i].classes;
        return 0;
    }
    name.iana = starts_with(&name, "TLS_") || starts_with(&name, "SSL_");
    status = name.iana ? find_iana(skip(name, 4), &found) : find_export(name, &found);
    if (status != 0)
        return refuse(why, PE_TLS_UNKNOWN_CIPHER);
    *classes = found & ~(unsigned)MORE;
    return 0;
}

bool pe_tls_cipher_is_weak(unsigned classes)
{
    return (classes & PE_TLS_WEAK) != 0;
}

const char *pe_tls_cipher_word(unsigned bit)
{
    static const char *const words[] = {
        "null", "anonymous", "export", "rc4",  "rc2", "des",     "3des",           "idea",
        "md5",  "sha1",      "cbc",    "aead", "rsa", "forward", "pre-shared-key", "tls1.3"};
    size_t i;

    for (i = 0; i < sizeof words / sizeof *words; i++)
        if (bit == 1u << i)
            return words[i];
    return NULL;
}
