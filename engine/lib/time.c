/* time.c: reasons, ages, zones, and instants from numbers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lib/time.h"

#include <string.h>

#include "lib/time_scan.h"

static const struct pe_text why_texts[] = {
    [PE_TIME_OK] = {"", ""},
    [PE_TIME_NOT_TIME] = {"not a timestamp like 2026-05-04T17:15:48Z",
                          "2026-05-04T17:15:48Z の形式の日時ではありません"},
    [PE_TIME_NO_ZONE] = {"the timestamp has no zone: end it with Z or an offset like +09:00",
                         "日時にタイムゾーンがありません（末尾に Z または +09:00 などが必要です）"},
    [PE_TIME_SPACE] = {"the timestamp has a space where the T belongs",
                       "日時の T の位置が空白になっています"},
    [PE_TIME_AMBIGUOUS] = {"the order of day and month is unclear: write 2026-05-04T17:15:48Z",
                           "日と月の順序が不明です（2026-05-04T17:15:48Z の形式で書いてください）"},
    [PE_TIME_FIELD] = {"a part of the date, time or offset does not exist",
                       "存在しない日付・時刻・時差です"},
    [PE_TIME_LEAP_SECOND] = {"second 60 exists only at 23:59:60 UTC on 30 June or 31 December",
                             "60秒は6月30日・12月31日の23:59:60（UTC）にしか存在しません"},
    [PE_TIME_FRACTION] = {"a fraction of a second needs one to nine digits",
                          "秒の小数部は1桁から9桁です"},
    [PE_TIME_RANGE] = {"outside of the years 0001 to 9999", "西暦1年から9999年の範囲外です"},
    [PE_TIME_NOT_DATE] = {"not a date like 2026-05-04", "2026-05-04 の形式の日付ではありません"},
    [PE_TIME_DST_ZONE] =
        {"this zone may have daylight saving: use UTC, Asia/Tokyo or an offset",
         "夏時間があり得るタイムゾーンです（UTC、Asia/Tokyo、時差を使ってください）"},
    [PE_TIME_BAD_ZONE] = {"not a time zone: use UTC, Asia/Tokyo or an offset like +09:00",
                          "タイムゾーンではありません（UTC、Asia/Tokyo、+09:00 などです）"},
    [PE_TIME_NOT_DURATION] = {"not a duration like P90D, 90.00:00:00 or 90 (days)",
                              "P90D、90.00:00:00、90（日）の形式の期間ではありません"},
    [PE_TIME_MONTHS] = {"years and months have no fixed length: give days",
                        "年・月は長さが一定でないため、日数で指定してください"},
    [PE_TIME_NEGATIVE] = {"below zero", "負の値です"},
};

struct pe_text pe_time_why_text(enum pe_time_why why)
{
    return why_texts[why];
}

/* ---- instants ---- */

int pe_time_from_epoch(int64_t seconds, struct pe_time_instant *at, enum pe_time_why *why)
{
    if (seconds < PE_TIME_FIRST_SECOND || seconds > PE_TIME_LAST_SECOND)
        return pe_time_refuse(why, PE_TIME_RANGE);
    *at = (struct pe_time_instant){seconds, 0};
    return 0;
}

/* Units since 1970, of which there are so many in a second. Rounds down, also before 1970. */
static int from_units(int64_t units, int64_t a_second, struct pe_time_instant *at,
                      enum pe_time_why *why)
{
    int64_t seconds = units / a_second, rest = units % a_second;

    if (rest < 0) {
        rest += a_second;
        seconds--;
    }
    if (pe_time_from_epoch(seconds, at, why) != 0)
        return -1;
    at->nanoseconds = (int32_t)(rest * (1000000000 / a_second));
    return 0;
}

int pe_time_from_epoch_ms(int64_t milliseconds, struct pe_time_instant *at, enum pe_time_why *why)
{
    return from_units(milliseconds, 1000, at, why);
}

int pe_time_from_filetime(int64_t ticks, struct pe_time_value *value, enum pe_time_why *why)
{
    const int64_t to_1970 = INT64_C(11644473600) * 10000000; /* from 1601 */
    struct pe_time_value found = {.kind = PE_TIME_NEVER};

    if (ticks < 0)
        return pe_time_refuse(why, PE_TIME_NEGATIVE);
    if (ticks != 0 && ticks != INT64_MAX) {
        found.kind = PE_TIME_INSTANT;
        if (from_units(ticks - to_1970, 10000000, &found.at, why) != 0)
            return -1;
    }
    *value = found;
    return 0;
}

int pe_time_compare(struct pe_time_instant a, struct pe_time_instant b)
{
    if (a.seconds != b.seconds)
        return a.seconds < b.seconds ? -1 : 1;
    return (a.nanoseconds > b.nanoseconds) - (a.nanoseconds < b.nanoseconds);
}

struct pe_time_age pe_time_age(struct pe_time_instant at, struct pe_time_instant as_of)
{
    struct pe_time_age age = {.future = pe_time_compare(at, as_of) > 0};
    struct pe_time_instant from = age.future ? as_of : at, to = age.future ? at : as_of;

    age.seconds = to.seconds - from.seconds - (to.nanoseconds < from.nanoseconds);
    return age;
}

/* ---- zones ---- */

/* No clock change since 1992 (IANA tz). "Tokyo Standard Time" is what Windows and Azure write. */
static const struct {
    const char *name;
    int32_t minutes;
} zones[] = {
    {"UTC", 0},
    {"Etc/UTC", 0},
    {"GMT", 0},
    {"Z", 0},
    {"Asia/Tokyo", 540},
    {"Japan", 540},
    {"Tokyo Standard Time", 540},
    {"Asia/Seoul", 540},
    {"Asia/Shanghai", 480},
    {"Asia/Hong_Kong", 480},
    {"Asia/Taipei", 480},
    {"Asia/Manila", 480},
    {"Asia/Singapore", 480},
    {"Asia/Kuala_Lumpur", 480},
    {"Asia/Bangkok", 420},
    {"Asia/Ho_Chi_Minh", 420},
    {"Asia/Jakarta", 420},
    {"Asia/Kolkata", 330},
    {"Asia/Dubai", 240},
    {"Australia/Brisbane", 600},
};

/* Area/Place, or Windows' "... Time": what a zone database might know. */
static bool looks_like_zone(const char *text, size_t length)
{
    size_t i;

    for (i = 0; i < length; i++)
        if (!((text[i] >= 'A' && text[i] <= 'Z') || (text[i] >= 'a' && text[i] <= 'z') ||
              memchr("/_ +-0123456789", text[i], 15) != NULL))
            return false;
    return memchr(text, '/', length) != NULL ||
           (length > 5 && memcmp(text + length - 5, " Time", 5) == 0);
}

int pe_time_parse_zone(const char *text, size_t length, struct pe_time_zone *zone,
                       enum pe_time_why *why)
{
    struct pe_time_scan scan = {text, text + length};
    int32_t offset;
    size_t i;

    for (i = 0; i < sizeof zones / sizeof *zones; i++) {
        if (strlen(zones[i].name) != length || memcmp(zones[i].name, text, length) != 0)
            continue;
        zone->offset_seconds = zones[i].minutes * 60;
        return 0;
    }
    if (pe_time_scan_offset(&scan, &offset) == 0 && scan.next == scan.end) {
        zone->offset_seconds = offset;
        return 0;
    }
    return pe_time_refuse(why, looks_like_zone(text, length) ? PE_TIME_DST_ZONE : PE_TIME_BAD_ZONE);
}
