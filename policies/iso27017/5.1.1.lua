-- 5.1.1 Policies for information security
-- SPDX-License-Identifier: Apache-2.0
--
-- Both sides need a policy: the provider one that covers what is particular to the cloud (ten
-- considerations in the white papers), the customer one for its own use of the cloud.

local placeholders = use("placeholders")
local statements = use("statements")

-- ---- the ten considerations ----

-- In own words, by the numbers of the white papers.
local TOPICS = {
  t1 = { en = "1 baseline requirements for design", ja = "1 設計・実装の基本要件" },
  t2 = { en = "2 risks from its own staff", ja = "2 業務従事者のリスク" },
  t3 = { en = "3 isolation of tenants", ja = "3 マルチテナントの隔離" },
  t4 = { en = "4 staff access to customers' data", ja = "4 従事者による顧客データへのアクセス制限" },
  t5 = { en = "5 administrative access", ja = "5 管理上のアクセスの制御手順" },
  t6 = { en = "6 notice of changes", ja = "6 変更の通知" },
  t7 = { en = "7 risks of virtualisation", ja = "7 仮想化固有のリスク" },
  t8 = { en = "8 protection of data access", ja = "8 データへのアクセス方法の保護" },
  t9 = { en = "9 life cycle of accounts", ja = "9 アカウントのライフサイクル" },
  t10 = { en = "10 notice of breaches and forensics", ja = "10 違反時の通知とフォレンジックの支援" },
}

local function missing_topics(statement, required)
  local covered, en, ja = {}, {}, {}
  for _, topic in ipairs(statement.topics) do
    covered[topic] = true
  end
  for _, topic in ipairs(required) do
    if not covered[topic] then
      local words = TOPICS[topic] or { en = topic, ja = topic }
      table.insert(en, words.en)
      table.insert(ja, words.ja)
    end
  end
  return #en, { en = table.concat(en, "; "), ja = table.concat(ja, "、") }
end

-- ---- what both sides are asked ----

-- Calls check with the statement that counts, for every service.
local function judge(s, params, as_of, party, part, check)
  for _, statement in statements.counting(s, params, as_of, { clause = "5.1.1", party = party, part = part }) do
    check(statement, params)
  end
end

local function check_approved(statement, params)
  local policy = statement.policy
  local version = policy.version
  local approved = not is_null(policy, "approved_by") and not placeholders.is_one(policy.approved_by, params)
  ensure(approved, policy, {
    en = "version {version} of the policy was approved by nobody",
    ja = "方針の {version} 版が承認されていません",
  }, { version = version })
end

local function judge_reviewed(s, params, as_of, party)
  judge(s, params, as_of, party, "policy", function(statement)
    local days = time.age_days(statement.policy.reviewed_at, as_of, s.tenant.time_zone)
    ensure(days <= params.policy_review_days, statement.policy, {
      en = "the last review of the policy was {days} days ago, the limit is {limit}",
      ja = "方針の直近の見直しから {days} 日が経過しています（上限 {limit} 日）",
    }, { days = days, limit = params.policy_review_days })
  end)
end

local function need_customer_side(params)
  if not params.customer_side then
    not_applicable({
      en = "only the provider is judged (parameter customer_side)",
      ja = "事業者側のみを判定対象としているため（パラメータ customer_side）",
    })
  end
end

return {
  title      = { en = "Policies for information security", ja = "情報セキュリティのための方針群" },
  severity   = "low",
  owner      = { iad = "shared", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 5.1.1", "ISO/IEC 27001:2022 A.5.1", "IIJ-IAD012-0002 5.1.1", "IIJ-VDS051-0002 5.1.1",
  },
  tags       = { "policy", "attestation" },
  params     = statements.params{
    required_topics = {
      type = "list", default = { "t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8", "t9", "t10" },
      doc = {
        en = "Considerations that the provider's policy must cover, by their numbers in the white paper (t1 to t10)",
        ja = "事業者の方針が扱うべき考慮事項（ホワイトペーパーの番号、t1～t10）",
      },
      source = {
        en = "IIJ-IAD012-0002 and IIJ-VDS051-0002, clause 5.1.1: ten considerations",
        ja = "IIJ-IAD012-0002、IIJ-VDS051-0002 の 5.1.1：10 の考慮事項",
      },
    },
    policy_review_days = {
      type = "integer", default = 365, min = 1, max = 1096, unit = { en = "days", ja = "日" },
      doc = {
        en = "How old the last review of a policy may be",
        ja = "方針の直近の見直しを有効とみなす日数",
      },
      source = {
        en = "Yearly with the management review; the white papers name no interval",
        ja = "マネジメントレビューに合わせて年1回。ホワイトペーパーに間隔の記載なし",
      },
    },
    placeholders = placeholders.PARAM,
    customer_side = {
      type = "boolean", default = true,
      doc = {
        en = "Judge the customer's own policy too",
        ja = "お客様自身の方針も判定する",
      },
      source = {
        en = "ISO/IEC 27017:2015 5.1.1 has guidance for both sides; false where a provider judges only itself",
        ja = "ISO/IEC 27017:2015 5.1.1 には利用者・事業者双方の手引きがある。事業者が自らのみを判定する場合は "
          .. "false",
      },
    },
  },

  rules = {
    {
      id    = "provider-policy", ref = "R1", owner = "provider", claimable = true,
      title = {
        en = "The provider's information security policy is in force and approved",
        ja = "事業者の情報セキュリティ基本方針が有効であり、承認されている",
      },
      fix   = {
        en = "Obtain the provider's current policy, confirm it, and record version, approval and where it is "
          .. "published.",
        ja = "事業者の最新の基本方針を入手・確認し、版数・承認者・掲載場所を表明に記録してください。",
      },
      check = function(s, params, as_of)
        judge(s, params, as_of, "provider", "policy", check_approved)
      end,
    },
    {
      id    = "provider-topics", ref = "R2", owner = "provider", claimable = true,
      title = {
        en = "The provider's policy covers the ten considerations that are particular to the cloud",
        ja = "事業者の方針がクラウド固有の10項目を網羅している",
      },
      fix   = {
        en = "Ask the provider how its policy covers the considerations that are named, and record them as topics.",
        ja = "不足している考慮事項が方針でどう扱われているかを事業者に確認し、topics に記録してください。",
      },
      check = function(s, params, as_of)
        judge(s, params, as_of, "provider", "topics", function(statement)
          local count, topics = missing_topics(statement, params.required_topics)
          is_empty(statement.topics) -- the place: the list, not its last entry
          ensure(count == 0, statement.topics, {
            en = "the policy does not cover: {topics}",
            ja = "次の {count} 項目が方針で扱われていません：{topics}",
          }, { count = count, topics = topics })
        end)
      end,
    },
    {
      id    = "provider-policy-reviewed", ref = "R3", owner = "provider", claimable = true,
      title = {
        en = "The provider reviewed its policy within the interval",
        ja = "事業者の方針が定期的に見直されている",
      },
      fix   = {
        en = "Ask the provider for the date of the last review of its policy, and record it.",
        ja = "方針の直近の見直し日を事業者に確認し、記録してください。",
      },
      check = function(s, params, as_of)
        judge_reviewed(s, params, as_of, "provider")
      end,
    },
    {
      id    = "customer-policy", ref = "R4", owner = "customer",
      title = {
        en = "The customer has an approved policy for its use of the cloud",
        ja = "お客様のクラウド利用に関する方針が定められ、承認されている",
      },
      fix   = {
        en = "Set out a policy for the use of cloud services, have it approved, and record it as a statement with "
          .. "its document.",
        ja = "クラウドサービスの利用に関する方針（利用規程など）を定めて承認を受け、文書を証跡として表明に記録してください。",
      },
      check = function(s, params, as_of)
        need_customer_side(params)
        judge(s, params, as_of, "customer", "policy", check_approved)
      end,
    },
    {
      id    = "customer-policy-reviewed", ref = "R4", owner = "customer",
      title = {
        en = "The customer reviewed its policy within the interval",
        ja = "お客様の方針が定期的に見直されている",
      },
      fix   = {
        en = "Review the policy, have the result approved, and record the date.",
        ja = "方針を見直して承認を受け、見直し日を記録してください。",
      },
      check = function(s, params, as_of)
        need_customer_side(params)
        judge_reviewed(s, params, as_of, "customer")
      end,
    },
  },
}
