-- 18.2.1 Independent review of information security
-- SPDX-License-Identifier: Apache-2.0
--
-- A customer cannot audit the provider of a cloud service; certificates of independent bodies stand
-- in for it. The white papers name two: ISMS certification and the Privacy Mark. Dates are never
-- taken from a white paper.

local given = use("given")
local lists = use("lists")
local statements = use("statements")

local ISMS, PRIVACY = "ISO27001", "PrivacyMark"

-- ---- words ----

local SCHEMES = {
  ISO27001 = { en = "the ISMS certificate", ja = "ISMS 認証" },
  ISO27017 = { en = "the ISO/IEC 27017 certificate", ja = "ISO/IEC 27017 認証" },
  PrivacyMark = { en = "the Privacy Mark", ja = "プライバシーマーク" },
  SOC2 = { en = "the SOC 2 report", ja = "SOC 2 報告書" },
}

local STATES = {
  suspended = { en = "suspended", ja = "一時停止中" },
  withdrawn = { en = "withdrawn", ja = "取消済み" },
}

-- A text without what differs between registers: width, case, white space.
local function plain(words)
  return (string.gsub(given.need(text.normalise(words)), "%s+", ""))
end

-- Whether a scope names one of some words. An ASCII word must stand by itself: CTX is not in CTXA,
-- nor IAD in Hawaii ad; in others white space does not matter.
local function names_one_of(scope, words)
  local written, closed_up = given.need(text.normalise(scope)), plain(scope)
  for _, word in ipairs(words) do
    local wanted = plain(word)
    if string.find(wanted, "^%w+$") then
      if string.find(written, "%f[%w]" .. wanted .. "%f[^%w]") then
        return true
      end
    elseif string.find(closed_up, wanted, 1, true) then
      return true
    end
  end
  return false
end

local function scope_names(params, service)
  return service == "iad" and params.scope_names_iad or params.scope_names_ctx
end

-- ---- which certificate speaks ----

-- The last day that a certificate is taken for valid.
local function last_day(certificate, params)
  return given.need(time.day(certificate.expires)) + params.grace_days
end

local function is_usable(certificate, params, today)
  local state, issued = given.need(certificate.state), given.need(time.day(certificate.issued))
  return state == "valid" and issued <= today and today <= last_day(certificate, params)
end

-- Those that are valid today come first: of the ISMS, one whose scope names the service, as a
-- provider may have one for each division. Then the one that is valid longest: a renewal may overlap
-- the certificate that it replaces, or begin only when that ends.
local A_LONG_TIME = 10000000

local function ranking(params, today)
  return function(statement, service)
    local certificate = statement.certificate
    local rank = last_day(certificate, params)
    if is_usable(certificate, params, today) then
      rank = rank + 2 * A_LONG_TIME
    end
    if certificate.scheme == ISMS and names_one_of(certificate.scope, scope_names(params, service)) then
      rank = rank + A_LONG_TIME
    end
    return rank
  end
end

-- Calls check with the statement of a scheme that counts, for every service, or once where it counts
-- for both and the services make no difference.
local function judge(s, params, as_of, scheme, check, by_service)
  local today, judged = statements.today(s, as_of), {}
  for service, statement in statements.counting(s, params, as_of, {
    clause = "18.2.1", party = "provider", part = "certificate",
    only = function(item) return given.need(item.certificate.scheme) == scheme end,
    rank = ranking(params, today),
  }) do
    -- What replaced a certificate may be one of another scheme, and then this one is gone.
    local certificate = statement.certificate
    local found = certificate.scheme
    ensure(found == scheme, statement, {
      en = "{scheme} was replaced by {found}",
      ja = "{scheme}が {found} に置き換えられています",
    }, { scheme = SCHEMES[scheme] or scheme, found = found })
    if found == scheme and (by_service or not judged[statement]) then
      judged[statement] = true
      check(certificate, statement, service, today)
    end
  end
end

local function need_scheme(params, scheme)
  if not lists.contains(params.required_schemes, scheme) then
    not_applicable({
      en = scheme .. " is not required (parameter required_schemes)",
      ja = scheme .. " は必須ではないため（パラメータ required_schemes）",
    })
  end
end

-- ---- what is asserted ----

local function check_valid(scheme, certificate, params, today)
  local state = certificate.state
  ensure(state == "valid", certificate, {
    en = "{scheme} is {state}",
    ja = "{scheme}が{state}です",
  }, { scheme = SCHEMES[scheme] or scheme, state = STATES[state] or state or "" })
  local issued = certificate.issued
  ensure(time.day(issued) <= today, certificate, {
    en = "{scheme} is valid from {day} only",
    ja = "{scheme}の有効期間は {day} からで、まだ始まっていません",
  }, { scheme = SCHEMES[scheme] or scheme, day = issued })
  local expires = certificate.expires
  ensure(today <= last_day(certificate, params), certificate, {
    en = "{scheme} expired on {day}",
    ja = "{scheme}の有効期限（{day}）が切れています",
  }, { scheme = SCHEMES[scheme] or scheme, day = expires })
end

local function judge_valid(s, params, as_of, scheme)
  judge(s, params, as_of, scheme, function(certificate, statement, service, today)
    check_valid(scheme, certificate, params, today)
  end)
end

local function is_accepted(edition, accepted)
  local written = plain(edition)
  for _, one in ipairs(accepted) do
    local start = plain(one)
    if string.sub(written, 1, #start) == start then
      return true
    end
  end
  return false
end

-- ---- independence ----

-- The name of a company without its legal form.
local function company(name)
  local core = plain(name)
  for _, form in ipairs({ "株式会社", "%(株%)", "㈱" }) do
    core = string.gsub(core, form, "")
  end
  return core
end

-- Whether a body is the holder, or a part of it such as its department for quality.
local function is_part_of(body, holder)
  local core = company(holder)
  return core ~= "" and string.find(company(body), core, 1, true) ~= nil
end

-- The required schemes besides the two of the white papers.
local function other_schemes(params)
  local found = {}
  for _, scheme in ipairs(params.required_schemes) do
    if scheme ~= ISMS and scheme ~= PRIVACY then
      table.insert(found, scheme)
    end
  end
  return found
end

return {
  title      = {
    en = "Independent review of information security",
    ja = "情報セキュリティの独立したレビュー",
  },
  severity   = "medium",
  owner      = { iad = "provider", ctx = "provider" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 18.2.1", "ISO/IEC 27001:2022 A.5.35", "IIJ-IAD012-0002 18.2.1", "IIJ-VDS051-0002 18.2.1",
  },
  tags       = { "certificate", "attestation" },
  params     = statements.params{
    required_schemes = {
      type = "list", default = { ISMS, PRIVACY },
      doc = {
        en = "Certificates that the provider must hold: ISO27001, PrivacyMark, ISO27017, SOC2",
        ja = "事業者に求める認証（ISO27001、PrivacyMark、ISO27017、SOC2）",
      },
      source = {
        en = "IIJ-IAD012-0002 and IIJ-VDS051-0002, clause 18.2.1: ISMS certification and Privacy Mark",
        ja = "IIJ-IAD012-0002、IIJ-VDS051-0002 の 18.2.1：ISMS 認証とプライバシーマーク",
      },
    },
    grace_days = {
      type = "integer", default = 0, min = 0, max = 90, unit = { en = "days", ja = "日" },
      doc = {
        en = "Days after the end of a certificate or a surveillance date in which it still counts",
        ja = "有効期限・維持審査期限の経過後に猶予する日数",
      },
      source = {
        en = "A certificate that ended is none; a tenant may wait for the paper of a renewal",
        ja = "失効した認証は認証がないのと同じ。更新後の認証書を待つ猶予はテナントで設定可",
      },
    },
    accepted_editions = {
      type = "list", default = { "ISO/IEC 27001:2022", "ISO 27001:2022", "JIS Q 27001:2023" },
      doc = {
        en = "Editions of ISO/IEC 27001 that certificates may be for; more may follow the number",
        ja = "有効とみなす ISO/IEC 27001 の版（前方一致）",
      },
      source = {
        en = "ISO/IEC 27001:2022 and JIS Q 27001:2023, its translation, are the current editions",
        ja = "現行版は ISO/IEC 27001:2022 と、その翻訳である JIS Q 27001:2023",
      },
    },
    transition_ended = {
      type = "string", default = "2025-10-31",
      doc = {
        en = "Last day on which certificates for another edition still counted",
        ja = "旧版の認証が有効であった最終日",
      },
      source = {
        en = "IAF MD 26: three years after the publication of ISO/IEC 27001:2022",
        ja = "IAF MD 26：ISO/IEC 27001:2022 の発行から3年",
      },
    },
    scope_names_iad = {
      type = "list", default = { "IAD", "ディレクトリサービス for Microsoft", "全社", "company-wide" },
      doc = {
        en = "Words of which the scope of the ISMS certificate must have one: the service or the division that "
          .. "runs it (IAD)",
        ja = "ISMS 認証の登録範囲にいずれかが含まれるべき名称（サービスまたは運用部門、IAD）",
      },
      source = {
        en = "The names of the service, and of the whole company; a tenant adds the operating division",
        ja = "サービスの窓口名と会社名。運営部門の名称はテナントで追加",
      },
    },
    scope_names_ctx = {
      type = "list", default = { "CTX", "仮想デスクトップサービス", "全社", "company-wide" },
      doc = {
        en = "Words of which the scope of the ISMS certificate must have one: the service or the division that "
          .. "runs it (CTX)",
        ja = "ISMS 認証の登録範囲にいずれかが含まれるべき名称（サービスまたは運用部門、CTX）",
      },
      source = {
        en = "The names of the service, and of the whole company; a tenant adds the operating division",
        ja = "サービスの窓口名と会社名。運営部門の名称はテナントで追加",
      },
    },
  },

  rules = {
    {
      id    = "isms-certificate", ref = "R1",
      title = { en = "The provider's ISMS certificate is valid", ja = "事業者の ISMS 認証が有効期限内である" },
      fix   = {
        en = "Look the certificate up in the register of the accreditation body, and record the current one.",
        ja = "認定機関の登録情報で認証の状態を確認し、最新の登録内容を記録してください。",
      },
      check = function(s, params, as_of)
        need_scheme(params, ISMS)
        judge_valid(s, params, as_of, ISMS)
      end,
    },
    {
      id    = "isms-edition", ref = "R1",
      title = {
        en = "The ISMS certificate is for a current edition of the standard",
        ja = "ISMS 認証が現行版の規格によるものである",
      },
      fix   = {
        en = "Ask the provider for its certificate after the transition.",
        ja = "移行後の認証登録証を事業者に確認してください。",
      },
      check = function(s, params, as_of)
        need_scheme(params, ISMS)
        judge(s, params, as_of, ISMS, function(certificate, statement, service, today)
          local edition = certificate.edition
          local in_transition = today <= time.day(params.transition_ended)
          ensure(is_accepted(edition, params.accepted_editions) or in_transition, certificate, {
            en = "the certificate is for {edition}; certificates for it ended on {day}",
            ja = "認証が {edition} によるものです（旧版の認証は {day} に失効しています）",
          }, { edition = edition, day = params.transition_ended })
        end)
      end,
    },
    {
      id    = "privacy-mark", ref = "R2",
      title = { en = "The provider's Privacy Mark is valid", ja = "事業者のプライバシーマークが有効期限内である" },
      fix   = {
        en = "Look the mark up in the list of the body that grants it, and record the current term.",
        ja = "付与機関の公開情報でプライバシーマークの付与状況を確認し、最新の有効期間を記録してください。",
      },
      check = function(s, params, as_of)
        need_scheme(params, PRIVACY)
        judge_valid(s, params, as_of, PRIVACY)
      end,
    },
    {
      id    = "isms-scope", ref = "R3",
      title = {
        en = "The scope of the ISMS certificate has the service or the division that runs it",
        ja = "ISMS 認証の登録範囲にサービスまたは運用部門が含まれている",
      },
      fix   = {
        en = "Compare the scope with the service. If it names the division that runs it, add that name to the "
          .. "parameter.",
        ja = "登録範囲に対象サービスが含まれるか事業者に確認してください。運用部門名での登録であれば、"
          .. "パラメータに部門名を追加してください。",
      },
      check = function(s, params, as_of)
        need_scheme(params, ISMS)
        judge(s, params, as_of, ISMS, function(certificate, statement, service)
          local names = scope_names(params, service)
          local scope = certificate.scope
          ensure(names_one_of(scope, names), certificate, {
            en = "the scope \"{scope}\" does not name {service} ({names})",
            ja = "登録範囲「{scope}」に {service} を示す名称（{names}）がありません",
          }, { scope = scope, service = service, names = table.concat(names, ", ") })
        end, true)
      end,
    },
    {
      id    = "other-certificates", ref = "R4",
      title = {
        en = "Other certificates that the tenant requires are valid",
        ja = "お客様が求めるその他の認証が有効期限内である",
      },
      fix   = {
        en = "Ask the provider for the certificate that is named, and record it.",
        ja = "該当する認証について事業者に確認し、記録してください。",
      },
      check = function(s, params, as_of)
        local schemes = other_schemes(params)
        if #schemes == 0 then
          not_applicable({
            en = "no other certificate is required (parameter required_schemes)",
            ja = "その他の認証は必須ではないため（パラメータ required_schemes）",
          })
        end
        for _, scheme in ipairs(schemes) do
          judge_valid(s, params, as_of, scheme)
        end
      end,
    },
    {
      id    = "independent-body", ref = "R5",
      title = {
        en = "No certificate was issued by its own holder",
        ja = "認証機関が事業者から独立している",
      },
      fix   = {
        en = "Record the body that issued the certificate; a declaration of the provider's own is none.",
        ja = "認証を発行した機関を記録してください。事業者自身の宣言は第三者による認証とはみなしません。",
      },
      check = function(s, params, as_of)
        for _, scheme in ipairs(params.required_schemes) do
          judge(s, params, as_of, scheme, function(certificate, statement)
            local holder = statement.issuer_party == "provider" and statement.issuer or nil
            local body = certificate.body
            ensure(plain(body) ~= "", certificate, {
              en = "the body that issued {scheme} is blank",
              ja = "{scheme}の認証機関が空欄です",
            }, { scheme = SCHEMES[scheme] or scheme })
            ensure(holder == nil or not is_part_of(body, holder), certificate, {
              en = "{body} issued {scheme} to itself",
              ja = "{scheme}の発行元（{body}）が事業者自身です",
            }, { scheme = SCHEMES[scheme] or scheme, body = body })
          end)
        end
      end,
    },
    {
      id    = "surveillance", ref = "R6",
      title = {
        en = "The surveillance audit of the ISMS is not overdue",
        ja = "ISMS の維持審査が期限内に行われている",
      },
      fix   = {
        en = "Ask the provider for the result of its surveillance audit and the next date.",
        ja = "維持審査の結果と次回の期限を事業者に確認し、記録してください。",
      },
      check = function(s, params, as_of)
        need_scheme(params, ISMS)
        judge(s, params, as_of, ISMS, function(certificate, statement, service, today)
          local due = certificate.surveillance_due
          ensure(today <= time.day(due) + params.grace_days, certificate, {
            en = "the surveillance audit was due on {day}",
            ja = "維持審査の期限（{day}）が過ぎています",
          }, { day = due })
        end)
      end,
    },
  },
}
