-- 14.2.1 Secure development policy
-- SPDX-License-Identifier: Apache-2.0
--
-- Development is the provider's. Its statement says that releases go through a process with an
-- assessment of risk; where it discloses its releases, they show whether they did.

local given = use("given")
local periods = use("periods")
local statements = use("statements")

local CLAUSE = "14.2.1"

-- What is planned has not passed the process yet.
local function is_out(release, as_of)
  local planned = given.need(time.is_before(as_of, release.released_at))
  return not planned
end

local function check_assessed(release)
  local name, emergency = release.name, release.emergency
  local what = given.need(emergency) and { en = "the emergency release", ja = "緊急リリース" }
    or { en = "the release", ja = "リリース" }
  local released = release.released_at
  local assessed = given.nullable(release, "risk_assessed_at")
  ensure(assessed ~= nil, release, {
    en = "{what} {name} went out without an assessment of its risk",
    ja = "{what}「{name}」のリスクアセスメントが実施されていません",
  }, { what = what, name = name })
  if assessed ~= nil then
    ensure(not given.need(time.is_before(released, assessed)), release, {
      en = "the risk of {what} {name} was assessed only after it went out",
      ja = "{what}「{name}」のリスクアセスメントがリリース後に実施されています",
    }, { what = what, name = name })
  end
end

local function is_blank(person)
  return string.find(given.need(person), "%S") == nil
end

-- A name is often written with a space or without: 山田 太郎, 山田太郎.
local function plain(person)
  return (string.gsub(given.need(text.normalise(person)), "%s+", ""))
end

local function check_approved(release)
  local name, author = release.name, release.author
  local approver = release.approver
  ensure(not is_blank(author) and not is_blank(approver) and plain(approver) ~= plain(author), release, {
    en = "the release {name} of {author} was approved by nobody else",
    ja = "リリース「{name}」が作成者（{author}）以外の者に承認されていません",
  }, { name = name, author = author })
end

-- Judges the releases that are out, and that the records are complete.
local function check_releases(s, params, as_of, check)
  periods.need_disclosed(s, "releases", { en = "releases", ja = "リリース" })
  for _, release in ipairs(periods.records(s, s.releases)) do
    if is_out(release, as_of) then
      check(release)
    end
  end
  periods.need_complete(s, s.releases, params, as_of)
end

return {
  title      = {
    en = "Secure development policy",
    ja = "セキュリティに配慮した開発のための方針",
  },
  severity   = "low",
  owner      = { iad = "provider", ctx = "provider" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 14.2.1", "ISO/IEC 27001:2022 A.8.25", "IIJ-IAD012-0002 14.2.1", "IIJ-VDS051-0002 14.2.1",
  },
  tags       = { "development", "provider" },
  params     = statements.params{ record_days = periods.DAYS },

  rules = {
    {
      id    = "process-stated", ref = "R1",
      title = {
        en = "The provider states that releases go through change management with an assessment of risk",
        ja = "リスクアセスメントを含む変更管理プロセスを経てリリースしていることを事業者が表明している",
      },
      fix   = {
        en = "Record the provider's statement (white paper or a letter) with the day on which you confirmed it, or "
          .. "accept its claims.",
        ja = "事業者の表明（ホワイトペーパーまたは書面）を最終確認日時とともに記録するか、事業者表明を受諾してください。",
      },
      claimable = true,
      check = function(s, params, as_of)
        statements.ensure(s, params, as_of, CLAUSE, "provider")
      end,
    },
    {
      id    = "assessed-before-release", ref = "R2",
      title = {
        en = "The risk of every release was assessed before it went out",
        ja = "すべてのリリースで、リリース前にリスクアセスメントを実施している",
      },
      fix   = {
        en = "Assess the risk before a release goes out. For an emergency release that was assessed afterwards, have "
          .. "the exception approved (a waiver).",
        ja = "リリース前にリスクアセスメントを実施してください。事後に実施した緊急リリースは、例外申請で承認を"
          .. "得てください。",
      },
      check = function(s, params, as_of)
        check_releases(s, params, as_of, check_assessed)
      end,
    },
    {
      id    = "approved-by-another", ref = "R2",
      title = {
        en = "Every release was approved by somebody other than its author",
        ja = "すべてのリリースが、作成者以外の者に承認されている",
      },
      fix   = {
        en = "Have releases approved by somebody who did not make them.",
        ja = "作成者以外の者がリリースを承認する体制にしてください。",
      },
      check = function(s, params, as_of)
        check_releases(s, params, as_of, check_approved)
      end,
    },
  },
}
