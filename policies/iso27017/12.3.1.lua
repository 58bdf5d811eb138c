-- 12.3.1 Information backup
-- SPDX-License-Identifier: Apache-2.0

local data = use("datasets")
local given = use("given")
local lists = use("lists")
local places = use("places")
local statements = use("statements")

-- ---- which data, which jobs ----

-- Copies that go with what they copy: a deletion or an encryption reaches them too.
local NO_BACKUP = {
  snapshot    = { en = "a snapshot", ja = "スナップショット" },
  replica     = { en = "a replica", ja = "レプリケーション" },
  recycle_bin = { en = "a recycle bin", ja = "ごみ箱" },
}

-- How old a backup may be while what it holds has changed since.
local RPO_OF = {
  profile_data       = "profile_rpo_hours",
  directory_objects  = "directory_rpo_hours",
  group_policy       = "directory_rpo_hours",
  dns_zones          = "directory_rpo_hours",
  sync_configuration = "directory_rpo_hours",
}

local function is_excused(s, kind, as_of)
  local today = given.need(time.date(as_of, s.tenant.time_zone))
  for _, entry in ipairs(maybe_empty(s.backup.not_needed)) do
    if entry.id == kind and time.days_between(today, given.need(entry.expires)) >= 0 then
      return true
    end
  end
  return false
end

-- What has to be backed up: all that is contracted, without what an accepted risk leaves out.
local function wanted(s, params, as_of)
  local found = {}
  for _, expected in ipairs(data.expected(s, params, "backup")) do
    if not is_excused(s, expected.kind, as_of) then
      table.insert(found, expected)
    end
  end
  if #found == 0 then
    not_applicable({
      en = "the customer accepted the risk of having no backup of any of its data",
      ja = "すべてのデータについてバックアップ不要のリスク受容が承認されているため",
    })
  end
  return found
end

-- The jobs that are about a dataset: those that are backups, and the others.
local function jobs_of(s, expected)
  local backups, others = {}, {}
  for _, job in ipairs(maybe_empty(s.backup.jobs)) do
    if job.dataset == expected.kind and data.is_of(job.service, expected.service) then
      table.insert(NO_BACKUP[given.need(job.kind)] ~= nil and others or backups, job)
    end
  end
  return backups, others
end

-- Walks the backups of what has to be backed up; unknown when there is none.
local function each_backup(s, params, as_of)
  local needed = {}
  for _, expected in ipairs(wanted(s, params, as_of)) do
    needed[expected.kind] = true
  end
  return each(s.backup.jobs, {
    en = "a backup of the customer's data", ja = "お客様データのバックアップ",
  }, function(job)
    return needed[job.dataset] and NO_BACKUP[job.kind] == nil
  end)
end

local function has_backup(s, kind)
  return lists.find(s.backup.jobs, function(job)
    return job.dataset == kind and NO_BACKUP[given.need(job.kind)] == nil
  end) ~= nil
end

-- ---- R2: is there one, and is it fresh ----

local function ensure_any(s, expected, others)
  local what = data.name(expected.kind)
  if #others == 0 then
    local jobs = s.backup.jobs
    is_empty(jobs)
    ensure(false, jobs, { en = "there is no backup of {what}", ja = "{what}のバックアップがありません" }, { what = what })
    return
  end
  for _, job in ipairs(others) do
    local kind = NO_BACKUP[job.kind]
    ensure(false, job, {
      en = "{what}: {kind} is no backup, and there is no other",
      ja = "{what}には{kind}しかなく、バックアップがありません",
    }, { what = what, kind = kind })
  end
end

-- "30 hours", "143 days": hours where they still tell something.
local function age_text(seconds)
  local hours = seconds // 3600
  if hours < 72 then
    return { en = hours .. " hours", ja = hours .. " 時間" }
  end
  return { en = hours // 24 .. " days", ja = hours // 24 .. " 日" }
end

local function check_freshness(job, expected, params, as_of)
  local limit = params[RPO_OF[expected.kind] or "other_rpo_hours"]
  local what = data.name(expected.kind)
  local size = job.last_size_bytes
  ensure(size > 0, job, { en = "the last backup of {what} is empty", ja = "{what}の直近のバックアップが 0 バイトです" },
    { what = what })
  given.need(time.age(job.source_changed_at, as_of))
  local changed = time.is_before(job.last_success_at, job.source_changed_at)
  local seconds = given.need(time.age(job.last_success_at, as_of))
  ensure(not changed or seconds <= limit * 3600, job, {
    en = "{what} changed since the last backup, which is {age} old; the limit is {limit} hours",
    ja = "{what}は直近のバックアップ後に変更されていますが、取得から {age}が経過しています（上限 {limit} 時間）",
  }, { what = what, age = age_text(seconds), limit = limit })
end

-- What is older than it is kept for is gone.
local function check_kept(s, job, expected, as_of)
  local days = given.need(job.retention_days)
  local age = given.need(time.age_days(job.last_success_at, as_of, s.tenant.time_zone))
  ensure(age <= days, job, {
    en = "the last backup of {what} is {age} days old and kept for {days}: it is gone",
    ja = "{what}の直近のバックアップは {age} 日前のもので、保存期間 {days} 日を過ぎています",
  }, { what = data.name(expected.kind), age = age, days = days })
end

-- "Japan East" is "japaneast".
local function site_key(site)
  return (string.gsub(given.need(text.normalise(site)), "[%s_-]", ""))
end

local function check_place(job, params, regions)
  local country = given.need(job.country)
  local allowed = lists.find(params.backup_countries, function(one) return text.same(one, country) end)
  ensure(allowed ~= nil, job, {
    en = "it is kept in {country}, which is not allowed",
    ja = "許可していない国（{country}）に保管されています",
  }, { country = country })
  places.ensure_region(job, "site", regions)
  local primary, site = job.primary_site, job.site
  ensure(site_key(site) ~= site_key(primary), job, {
    en = "it is kept at {site}, where the data are",
    ja = "データ本体と同じ拠点（{site}）に保管されています",
  }, { site = site })
end

return {
  title      = { en = "Information backup", ja = "情報のバックアップ" },
  severity   = "high",
  owner      = { iad = "customer", ctx = "customer" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 12.3.1", "ISO/IEC 27001:2022 A.8.13", "IIJ-IAD012-0002 12.3.1", "IIJ-VDS051-0002 12.3.1",
  },
  tags       = { "backup" },
  params     = statements.params{
    backup_iad = {
      type = "list", one_of = data.ALL,
      default = { "directory_objects", "group_policy", "dns_zones", "sync_configuration" },
      doc = { en = "Data the customer backs up, IAD", ja = "お客様がバックアップするデータ（IAD）" },
      source = {
        en = "What a customer can export; the system of the domain controllers is the provider's "
          .. "(IIJ-IAD012-0002 12.3.1)",
        ja = "お客様がエクスポートできるもの。ドメインコントローラーのシステムは事業者が管理（IIJ-IAD012-0002 "
          .. "12.3.1）",
      },
    },
    backup_ctx = {
      type = "list", one_of = data.ALL, default = { "master_image", "profile_data", "settings" },
      doc = { en = "Data the customer backs up, CTX", ja = "お客様がバックアップするデータ（CTX）" },
      source = {
        en = "IIJ-VDS051-0002 12.3.1: stored data are the customer's to back up",
        ja = "IIJ-VDS051-0002 12.3.1：格納したデータのバックアップはお客様が行う",
      },
    },
    profile_rpo_hours = {
      type = "integer", default = 24, min = 1, max = 8784, unit = { en = "hours", ja = "時間" },
      doc = { en = "How old a backup of changed profile data may be", ja = "プロファイルデータのバックアップの許容経過時間" },
      source = {
        en = "Ours: users' files change every working day",
        ja = "本パックの提案：利用者のファイルは営業日ごとに更新されるため",
      },
    },
    directory_rpo_hours = {
      type = "integer", default = 168, min = 1, max = 8784, unit = { en = "hours", ja = "時間" },
      doc = {
        en = "How old an export of a directory that changed since may be",
        ja = "変更のあった AD・GPO・DNS・Entra Connect 設定のエクスポートの許容経過時間",
      },
      source = {
        en = "Ours: weekly, as the provider restores the controllers themselves",
        ja = "本パックの提案：ドメインコントローラー自体は事業者が復旧するため、週1回",
      },
    },
    other_rpo_hours = {
      type = "integer", default = 24, min = 1, max = 8784, unit = { en = "hours", ja = "時間" },
      doc = {
        en = "How old a backup of a changed image or other data may be",
        ja = "変更のあったイメージ・設定などのバックアップの許容経過時間",
      },
      source = {
        en = "Ours: a backup has to be newer than the last change; a day lets nightly jobs run",
        ja = "本パックの提案：バックアップは最終変更より新しいこと。夜間ジョブを考慮して1日の猶予",
      },
    },
    backup_retention_days = {
      type = "integer", default = 30, min = 1, max = 3660, unit = { en = "days", ja = "日" },
      doc = { en = "Days a backup has to be kept", ja = "バックアップの最低保存日数" },
      source = {
        en = "Ours: a month, so that damage that is noticed late can be undone",
        ja = "本パックの提案：発見が遅れた破損からも復元できるよう1か月",
      },
    },
    restore_test_days = {
      type = "integer", default = 180, min = 1, max = 1096, unit = { en = "days", ja = "日" },
      doc = { en = "How old the last restore test may be", ja = "復元試験を有効とみなす日数" },
      source = {
        en = "Ours: twice a year; the white papers name no interval",
        ja = "本パックの提案：年2回。ホワイトペーパーに間隔の記載なし",
      },
    },
    backup_countries = {
      type = "list", default = { "JP" },
      doc = { en = "Countries where backups may be kept", ja = "バックアップの保管を許可する国" },
      source = {
        en = "Ours: the country of the customers that both services are made for",
        ja = "本パックの提案：両サービスが対象とするお客様の国",
      },
    },
    region_countries = places.params.region_countries,
    boundless_regions = places.params.boundless_regions,
  },

  rules = {
    {
      id    = "provider-backup", ref = "R1", severity = "medium", owner = "provider",
      title = {
        en = "The provider backs up what it needs to restore the service",
        ja = "サービス復旧用の設備情報を事業者がバックアップしている",
      },
      fix   = {
        en = "Ask the provider for a statement, or confirm the white paper's. It covers equipment only: the "
          .. "customer's data are the other rules' subject.",
        ja = "事業者から表明を取得するか、ホワイトペーパーの記載を確認・受諾してください。対象は設備情報のみで、"
          .. "お客様データは含まれません。",
      },
      check = function(s, params, as_of)
        if has(s, "backup") and has(s.backup, "provider") then
          local provider = s.backup.provider
          ensure(provider.equipment_backed_up, provider, {
            en = "the provider backs up nothing to restore the service with",
            ja = "事業者がサービス復旧用のバックアップを取得していません",
          })
          if provider.customer_data_included then
            note({
              en = "that the provider's backup restores customers' data is more than either white paper says: the "
                .. "customer's own backup is asked for all the same",
              ja = "事業者のバックアップにお客様データが含まれるとの記載は、ホワイトペーパーと異なります。"
                .. "お客様側のバックアップは引き続き必要です",
            })
          end
        end
        statements.ensure(s, params, as_of, "12.3.1", "provider")
      end,
    },
    {
      id    = "customer-backup", ref = "R2",
      title = {
        en = "The customer has a current backup of all its data",
        ja = "お客様側で全データの最新のバックアップを取得している",
      },
      fix   = {
        en = "Add or repair the job of what is named. The provider's backup, a second site, snapshots and recycle "
          .. "bins do not restore it. Where no backup is needed, have the risk accepted with an expiry.",
        ja = "指摘されたデータのバックアップを設定または修復してください。事業者のバックアップ、2拠点構成、スナップショット、"
          .. "ごみ箱では復元できません。不要な場合は、期限を付けてリスク受容の承認を得てください。",
      },
      check = function(s, params, as_of)
        for _, expected in ipairs(wanted(s, params, as_of)) do
          local backups, others = jobs_of(s, expected)
          if #backups == 0 then
            ensure_any(s, expected, others)
          end
          for _, job in ipairs(backups) do
            check_freshness(job, expected, params, as_of)
            check_kept(s, job, expected, as_of)
          end
        end
      end,
    },
    {
      id    = "retention", ref = "R3", severity = "medium",
      title = { en = "Backups are kept long enough", ja = "バックアップの保存日数が基準を満たしている" },
      fix   = { en = "Keep the backups longer.", ja = "バックアップの保存日数を延ばしてください。" },
      check = function(s, params, as_of)
        for _, job in each_backup(s, params, as_of) do
          local days = job.retention_days
          ensure(days >= params.backup_retention_days, job, {
            en = "it is kept {days} days; {needed} are needed",
            ja = "保存日数が {days} 日です（{needed} 日以上が必要です）",
          }, { days = days, needed = params.backup_retention_days })
        end
      end,
    },
    {
      id    = "restore-test", ref = "R4", severity = "medium",
      title = { en = "Restoring was tested", ja = "復元試験を期限内に実施している" },
      fix   = {
        en = "Restore the backup to another place, check it, and record when.",
        ja = "別の環境に復元して内容を確認し、実施日時を記録してください。",
      },
      check = function(s, params, as_of)
        for _, job in each_backup(s, params, as_of) do
          if is_null(job, "restore_tested_at") then
            ensure(false, job, {
              en = "restoring was never tested", ja = "復元試験が一度も行われていません",
            })
          else
            local days = time.age_days(job.restore_tested_at, as_of, s.tenant.time_zone)
            ensure(days <= params.restore_test_days, job, {
              en = "the last restore test is {days} days old, the limit is {limit}",
              ja = "直近の復元試験から {days} 日が経過しています（上限 {limit} 日）",
            }, { days = days, limit = params.restore_test_days })
          end
        end
      end,
    },
    {
      id    = "place", ref = "R5", severity = "medium",
      title = {
        en = "Backups are kept at another site, in an allowed country",
        ja = "バックアップを別の拠点の許可した国に保管している",
      },
      fix   = {
        en = "Keep a copy at another site, in a country of the parameter backup_countries; correct a country that "
          .. "contradicts its region.",
        ja = "パラメータ backup_countries に含まれる国の、データ本体とは別の拠点に保管してください。国とリージョンの記載が"
          .. "矛盾する場合は訂正してください。",
      },
      check = function(s, params, as_of)
        local regions = places.regions(params)
        for _, job in each_backup(s, params, as_of) do
          check_place(job, params, regions)
        end
      end,
    },
    {
      id    = "encryption", ref = "R5", severity = "medium",
      title = {
        en = "Backups are encrypted, and the key is kept elsewhere",
        ja = "バックアップが暗号化され、鍵が別に保管されている",
      },
      fix   = {
        en = "Encrypt the backup, and keep its key where neither a thief nor a loss of the backup reaches it.",
        ja = "バックアップを暗号化し、鍵はバックアップとは別の場所に保管してください。",
      },
      check = function(s, params, as_of)
        for _, job in each_backup(s, params, as_of) do
          local encrypted = job.encrypted
          ensure(encrypted, job, { en = "it is not encrypted", ja = "暗号化されていません" })
          if encrypted then
            ensure(job.key_kept_apart, job, {
              en = "the key is kept with the backup", ja = "鍵がバックアップと同じ場所に保管されています",
            })
          end
        end
      end,
    },
    {
      id    = "system-state", ref = "R2", severity = "medium",
      title = {
        en = "A backup of a system state is younger than the tombstone lifetime",
        ja = "システム状態のバックアップが廃棄標識の有効期間内である",
      },
      fix   = {
        en = "Back the system state up again: one older than the tombstone lifetime must not be restored.",
        ja = "システム状態のバックアップを取り直してください。廃棄標識の有効期間を過ぎたものは復元に使えません。",
      },
      check = function(s, params, as_of)
        local jobs = {}
        for _, job in ipairs(maybe_empty(s.backup.jobs)) do
          if job.kind == "system_state" or job.dataset == "system_state" then
            table.insert(jobs, job)
          end
        end
        if #jobs == 0 then
          not_applicable({
            en = "the customer backs up no system state",
            ja = "お客様側でシステム状態のバックアップを取得していないため",
          })
        end
        local limit = given.need(s.ad.tombstone_days)
        for _, job in ipairs(jobs) do
          local days = time.age_days(job.last_success_at, as_of, s.tenant.time_zone)
          ensure(days <= limit, job, {
            en = "it is {days} days old, the tombstone lifetime is {limit} days",
            ja = "取得から {days} 日が経過し、廃棄標識の有効期間 {limit} 日を超えています",
          }, { days = days, limit = limit })
        end
      end,
    },
    {
      id    = "accepted-risk", ref = "R6", severity = "low",
      title = {
        en = "The acceptance of having no backup has not run out",
        ja = "バックアップ不要のリスク受容が期限内である",
      },
      fix   = {
        en = "Back the data up, or have the risk accepted again.",
        ja = "バックアップを取得するか、リスク受容を改めて承認してください。",
      },
      check = function(s, params, as_of)
        if is_empty(s.backup.not_needed) then
          not_applicable({
            en = "no data are left out by an accepted risk",
            ja = "リスク受容によりバックアップ対象外としたデータがないため",
          })
        end
        local today = time.date(as_of, s.tenant.time_zone)
        for _, entry in ipairs(s.backup.not_needed) do
          local who, kind, expires = entry.approved_by, entry.id, entry.expires
          -- What is backed up by now needs no acceptance any more.
          local past = given.need(time.days_between(today, expires)) < 0
          local needed = past and not has_backup(s, kind)
          ensure(not needed, entry, {
            en = "the acceptance by {who} ran out on {expires}",
            ja = "リスク受容（承認者 {who}）は {expires} に期限が切れています",
          }, { who = who, expires = expires })
        end
      end,
    },
  },
}
