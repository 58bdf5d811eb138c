-- encryption.lua: the rules about TLS of the portal, the console and other endpoints
-- SPDX-License-Identifier: Apache-2.0
--
-- 10.1.1 (which encryption is used) and 18.1.5 (that the promised encryption is used) ask the same
-- of the same endpoints. Both take these rules and parameters whole, so that they cannot disagree.

local endpoint = use("endpoint")

local M = {}

local DAY = 86400 -- seconds

-- ---- the four rules of every endpoint ----

local function ensure_versions(endpoints, params)
  local least = tls.version(params.tls_min_version)
  endpoint.judge(endpoints, "protocols", function(result)
    local protocols, modern = result.protocols, false
    local values = { address = result.address, least = tls.name(least) }
    for rank, key in ipairs(endpoint.VERSIONS) do
      local offered = protocols[key]
      if rank < least then
        values.version = tls.name(rank)
        ensure(offered == false, protocols, {
          en = "{address} still accepts {version}; the lowest allowed is {least}",
          ja = "{address} が {version} を受け付けます（最低 {least}）",
        }, values)
      else
        modern = modern or offered == true
      end
    end
    ensure(modern, protocols, {
      en = "{address} accepts neither {least} nor anything newer",
      ja = "{address} が {least} 以上を受け付けません",
    }, values)
  end)
end

local function ensure_ciphers(endpoints, params)
  endpoint.judge(endpoints, "ciphers", function(result)
    local values = { address = result.address }
    for _, cipher in ipairs(result.ciphers) do
      local class, known = endpoint.forbidden_class(cipher, params.forbidden_ciphers)
      values.cipher, values.class = cipher, class or ""
      -- One that is not known has been recorded, and says nothing of the next.
      ensure(not known or class == nil, result.ciphers, {
        en = "{address} accepts the cipher suite {cipher} (forbidden: {class})",
        ja = "{address} が暗号スイート {cipher} を受け付けます（禁止：{class}）",
      }, values)
    end
  end)
end

local function covers_host(certificate, host)
  for _, name in ipairs(certificate.names) do
    if tls.covers(name, host) then
      return true
    end
  end
  return false
end

local function ensure_lifetime(certificate, values, params, as_of)
  ensure(not time.is_before(as_of, certificate.not_before), certificate, {
    en = "the certificate at {address} is not valid yet",
    ja = "{address} の証明書はまだ有効期間に入っていません",
  }, values)
  local left = time.seconds(certificate.not_after) - time.seconds(as_of)
  values.days = left // DAY
  ensure(left > params.cert_min_days * DAY, certificate, left > 0 and {
    en = "the certificate at {address} expires in {days} days; it has to be renewed {limit} days before",
    ja = "{address} の証明書の有効期限まで {days} 日です（{limit} 日前までに更新が必要）",
  } or {
    en = "the certificate at {address} has expired",
    ja = "{address} の証明書は有効期限が切れています",
  }, values)
end

local function ensure_certificate(endpoints, params, as_of)
  endpoint.judge_certificates(endpoints, function(result, place)
    local certificate = result.certificate
    local values = { address = result.address, host = endpoint.host(place.url), limit = params.cert_min_days }
    ensure(covers_host(certificate, values.host), certificate, {
      en = "the certificate at {address} is not for {host}",
      ja = "{address} の証明書は {host} を対象としていません",
    }, values)
    ensure(certificate.issuer_kind ~= "self_signed", certificate, {
      en = "the certificate at {address} is self-signed",
      ja = "{address} の証明書は自己署名です",
    }, values)
    ensure(certificate.chain_ok, certificate, {
      en = "the certificate chain at {address} does not lead to a trusted root",
      ja = "{address} の証明書チェーンが正当ではありません",
    }, values)
    ensure(certificate.revoked == false, certificate, {
      en = "the certificate at {address} is revoked",
      ja = "{address} の証明書は失効しています",
    }, values)
    ensure_lifetime(certificate, values, params, as_of)
  end)
end

local function probe_of(port)
  return { en = "a probe of port " .. port, ja = port .. " 番ポートの確認結果" }
end

-- The ports that must have been probed: 80, and that of a URL that users open without TLS.
local function cleartext_ports(url)
  local authority = string.match(string.lower(url), "^http://([^/?#]+)")
  local own = authority ~= nil and tonumber(string.match(authority, ":(%d+)$")) or 80
  return own ~= 80 and { 80, own } or { 80 }
end

local function ensure_listener(result, listener)
  local values = { address = result.address, port = listener.port, target = "" }
  ensure(listener.behaviour ~= "content", listener, {
    en = "{address} serves content on port {port} without TLS",
    ja = "{address} がポート {port} の平文 HTTP で内容を返します",
  }, values)
  if listener.behaviour == "redirect" then
    values.target = listener.redirect_to
    ensure(string.find(string.lower(listener.redirect_to), "https://", 1, true) == 1, listener, {
      en = "{address} port {port} redirects to {target}, which is not HTTPS",
      ja = "{address} のポート {port} の転送先 {target} が HTTPS ではありません",
    }, values)
  end
end

local function ensure_no_cleartext(endpoints)
  endpoint.judge(endpoints, "http", function(result, place)
    for _, listener in ipairs(result.http) do
      ensure_listener(result, listener)
    end
    for _, port in ipairs(cleartext_ports(place.url)) do
      for _ in each(result.http, probe_of(port), function(listener) return listener.port == port end) do end
    end
    if get(result, "hsts_max_age", 0) == 0 then
      note({
        en = "{address} does not send Strict-Transport-Security",
        ja = "{address} は Strict-Transport-Security ヘッダーを送出していません",
      }, { address = result.address })
    end
  end)
end

-- ---- rules, made for each kind of endpoint ----

M.PORTAL = {
  prefix = "portal", endpoints = endpoint.of_portal, owner = "provider",
  en = "customer portal", ja = "お客様専用のポータルサイト",
  fix_en = "Ask the provider", fix_ja = "事業者に依頼してください",
}

M.CONSOLE = {
  prefix = "console", endpoints = endpoint.of_console, owner = "provider", when = { option = "admin_console" },
  en = "admin console", ja = "お客様専用の管理コンソール",
  fix_en = "Ask the provider", fix_ja = "事業者に依頼してください",
}

local function versions_rule(of)
  return {
    id    = of.prefix .. "-tls-versions", ref = "R1", owner = of.owner, when = of.when,
    title = {
      en = "Only TLS 1.2 or newer is accepted by the " .. of.en,
      ja = of.ja .. "の通信が TLS 1.2 以上に限定されている",
    },
    fix   = {
      en = of.fix_en .. " to switch SSL, TLS 1.0 and TLS 1.1 off on every node, also behind the load balancer.",
      ja = "ロードバランサー配下を含む全ノードで SSL、TLS 1.0、TLS 1.1 を無効にするよう、" .. of.fix_ja .. "。",
    },
    check = function(s, params)
      ensure_versions(of.endpoints(s), params)
    end,
  }
end

local function ciphers_rule(of)
  return {
    id    = of.prefix .. "-ciphers", ref = "R2", owner = of.owner, when = of.when,
    title = {
      en = "No broken cipher suite is accepted by the " .. of.en,
      ja = of.ja .. "が危殆化した暗号スイートを受け付けない",
    },
    fix   = {
      en = of.fix_en .. " to remove the cipher suite; suites with AES-GCM or ChaCha20-Poly1305 are enough.",
      ja = "該当の暗号スイートを無効にし、AES-GCM または ChaCha20-Poly1305 のスイートのみとするよう、" .. of.fix_ja
        .. "。",
    },
    check = function(s, params)
      ensure_ciphers(of.endpoints(s), params)
    end,
  }
end

local function certificate_rule(of)
  return {
    id    = of.prefix .. "-certificate", ref = "R3", owner = of.owner, when = of.when,
    title = {
      en = "Valid, trusted certificates for the right name, renewed in time: " .. of.en,
      ja = of.ja .. "のサーバー証明書が正当で、期限に余裕がある",
    },
    fix   = {
      en = of.fix_en .. " to install a certificate for the host name with its whole chain, and to automate renewal.",
      ja = "ホスト名に合った証明書を中間証明書とともに導入し、更新を自動化するよう、" .. of.fix_ja .. "。",
    },
    check = function(s, params, as_of)
      ensure_certificate(of.endpoints(s), params, as_of)
    end,
  }
end

local function cleartext_rule(of)
  return {
    id    = of.prefix .. "-no-cleartext", ref = "R4", owner = of.owner, when = of.when,
    title = {
      en = "Nothing is served without TLS by the " .. of.en,
      ja = of.ja .. "が平文の HTTP で内容を返さない",
    },
    fix   = {
      en = of.fix_en .. " to close port 80, or to let it redirect to HTTPS and nothing else.",
      ja = "80 番ポートを閉じるか、HTTPS への転送のみとするよう、" .. of.fix_ja .. "。",
    },
    check = function(s)
      ensure_no_cleartext(of.endpoints(s))
    end,
  }
end

-- The four rules of a kind of endpoint; ref: what the catalogue calls all of them, if it does.
function M.rules(of, ref)
  local rules = { versions_rule(of), ciphers_rule(of), certificate_rule(of), cleartext_rule(of) }
  for _, rule in ipairs(rules) do
    rule.ref = ref or rule.ref
  end
  return rules
end

-- ---- scans ----

local function ensure_recent(place, params, as_of, zone)
  local url, scan = place.url, place.tls
  local age = time.age_days(scan.scanned_at, as_of, zone)
  if age ~= nil then
    ensure(age <= params.tls_max_age_scan_days, scan, {
      en = "the scan of {url} is {age} days old; the limit is {limit} days",
      ja = "{url} の走査が {age} 日前です（上限 {limit} 日）",
    }, { url = url, age = age, limit = params.tls_max_age_scan_days })
  end
end

-- Every endpoint that find(s) gives was scanned, and not long ago.
function M.scans_rule(find)
  return {
    id    = "tls-scans-current", ref = "R1", severity = "medium", owner = "shared",
    title = { en = "TLS scans are recent", ja = "TLS の走査結果が新しい" },
    fix   = {
      en = "Scan the endpoint again, all of its addresses, and take the result into the snapshot.",
      ja = "該当の接続先を、すべてのアドレスについて再度走査し、結果をスナップショットに取り込んでください。",
    },
    check = function(s, params, as_of)
      local places, zone = find(s), s.tenant.time_zone
      for _, place in ipairs(places) do
        if has(place, "tls") then
          ensure_recent(place, params, as_of, zone)
        end
      end
      for _, place in ipairs(places) do
        maybe_empty(place.tls) -- missing where nobody scanned
      end
    end,
  }
end

-- ---- parameters ----

M.params = {
  tls_min_version = {
    type = "string", default = "TLS 1.2", one_of = { "TLS 1.2", "TLS 1.3" },
    doc = { en = "Lowest TLS version that may be accepted", ja = "受け付けてよい TLS の最低版" },
    source = {
      en = "RFC 8996 (TLS 1.0 and 1.1 must not be used), RFC 9325 3.1",
      ja = "RFC 8996（TLS 1.0・1.1 の使用禁止）、RFC 9325 3.1",
    },
  },
  tls_max_age_scan_days = {
    type = "integer", default = 30, min = 1, unit = { en = "days", ja = "日" },
    doc = { en = "Age at which a TLS scan no longer shows anything", ja = "TLS の走査結果を有効とみなす日数" },
    source = {
      en = "Proposal of this pack",
      ja = "本パックの提案",
    },
  },
  forbidden_ciphers = {
    type = "list", default = { "null", "anonymous", "export", "rc4", "rc2", "des", "3des", "idea", "md5" },
    one_of = { "null", "anonymous", "export", "rc4", "rc2", "des", "3des", "idea", "md5", "sha1", "cbc",
      "rsa", "pre-shared-key" },
    doc = {
      en = "Classes of cipher suites that must not be offered",
      ja = "受け付けてはならない暗号スイートの種類",
    },
    source = {
      en = "RFC 9325 4.1: no encryption or authentication, less than 112 bits, RC4; 64-bit blocks and MD5",
      ja = "RFC 9325 4.1：暗号化・認証なし、112 ビット未満、RC4。加えて 64 ビットブロック暗号と MD5",
    },
  },
  cert_min_days = {
    type = "integer", default = 14, min = 0, max = 90, unit = { en = "days", ja = "日" },
    doc = {
      en = "Days before expiry by which a certificate has to be renewed",
      ja = "証明書を有効期限の何日前までに更新すべきか",
    },
    source = {
      en = "Proposal of this pack",
      ja = "本パックの提案",
    },
  },
}

return M
