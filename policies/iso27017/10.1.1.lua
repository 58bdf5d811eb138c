-- 10.1.1 Policy on the use of cryptographic controls
-- SPDX-License-Identifier: Apache-2.0
--
-- IAD promises SSL/TLS for the portal and the console; CTX promises TLS, and offers it for the
-- transfer of screens. SSL alone does not keep that promise. The channel of the administration
-- tools is not promised, and neither is encryption at rest: the latter is not judged here. R7 to R9
-- go beyond the two papers: what the directory, the hosts and the storage speak to each other.

local endpoint = use("endpoint")

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
        ja = "{address} が暗号スイート {cipher} を受け付けます（禁止: {class}）",
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

local PORT_80 = { en = "a probe of port 80", ja = "80 番ポートの確認結果" }

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
  endpoint.judge(endpoints, "http", function(result)
    for _, listener in ipairs(result.http) do
      ensure_listener(result, listener)
    end
    for _ in each(result.http, PORT_80, function(listener) return listener.port == 80 end) do end
    if get(result, "hsts_max_age", 0) == 0 then
      note({
        en = "{address} does not send Strict-Transport-Security",
        ja = "{address} は Strict-Transport-Security ヘッダーを送出していません",
      }, { address = result.address })
    end
  end)
end

-- ---- rules, made for each kind of endpoint ----

local PORTAL = {
  prefix = "portal", endpoints = endpoint.of_portal, owner = "provider",
  en = "customer portal", ja = "お客様専用のポータルサイト",
  fix_en = "Ask the provider", fix_ja = "事業者に依頼してください",
}

local CONSOLE = {
  prefix = "console", endpoints = endpoint.of_console, owner = "provider", when = { option = "admin_console" },
  en = "admin console", ja = "お客様専用の管理コンソール",
  fix_en = "Ask the provider", fix_ja = "事業者に依頼してください",
}

local WORKSPACE = {
  prefix = "workspace", endpoints = endpoint.of_workspace, owner = "shared", when = { service = "ctx" },
  en = "workspace and its gateways", ja = "ワークスペースとゲートウェイ",
  fix_en = "Ask the provider, or configure your own gateway,",
  fix_ja = "事業者に依頼するか、お客様が管理するゲートウェイの設定を変更してください",
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

-- ---- scans ----

local function scanned_endpoints(s)
  local found = endpoint.of_portal(s)
  if has(s.portals, "admin_console") then
    table.insert(found, s.portals.admin_console.endpoint)
  end
  if has(s.portals, "workspace") then
    for _, place in ipairs(endpoint.of_workspace(s)) do
      table.insert(found, place)
    end
  end
  return found
end

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

local scans_rule = {
  id    = "tls-scans-current", ref = "R1", severity = "medium", owner = "shared",
  title = { en = "TLS scans are recent", ja = "TLS の走査結果が新しい" },
  fix   = {
    en = "Scan the endpoint again, all of its addresses, and take the result into the snapshot.",
    ja = "該当の接続先を、すべてのアドレスについて再度走査し、結果をスナップショットに取り込んでください。",
  },
  check = function(s, params, as_of)
    local places, zone = scanned_endpoints(s), s.tenant.time_zone
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

-- ---- screens ----

local ENCRYPTED = { tls = true, dtls = true, secure_hdx = true }

-- Whether Secure HDX, which a path claims to use, really is on for that path.
local function has_secure_hdx(screens, path)
  return screens.secure_hdx == "enabled"
    or (screens.secure_hdx == "direct_connections_only" and path.kind == "internal_direct")
end

local function ensure_to_hosts(s)
  for _, group in ipairs(s.citrix.delivery_groups) do
    local values = { group = group.name }
    ensure(group.hdx_ssl_enabled, group, {
      en = "TLS to the session hosts of {group} is off (HdxSslEnabled)",
      ja = "{group} のセッションホストまでの TLS（HdxSslEnabled）が無効です",
    }, values)
  end
end

local function ensure_path(s, screens, path, params)
  local values = { path = path.id, kind = path.kind, encryption = path.encryption }
  ensure(ENCRYPTED[path.encryption] == true, path, {
    en = "screens go over {path} ({kind}) with encryption {encryption}, which is not TLS",
    ja = "経路 {path}（{kind}）の画面転送の暗号化が {encryption} で、TLS ではありません",
  }, values)
  ensure(path.mandatory, path, {
    en = "{path} ({kind}) also takes sessions without encryption",
    ja = "経路 {path}（{kind}）は暗号化なしの接続も受け付けます",
  }, values)
  if path.encryption == "tls" then
    values.version, values.least = path.minimum_version, tls.name(tls.version(params.tls_min_version))
    ensure(tls.at_least(path.minimum_version, params.tls_min_version), path, {
      en = "{path} ({kind}) accepts {version}; the lowest allowed is {least}",
      ja = "経路 {path}（{kind}）が {version} を受け付けます（最低 {least}）",
    }, values)
  end
  if path.encryption == "secure_hdx" then
    ensure(has_secure_hdx(screens, path), screens, {
      en = "{path} ({kind}) is said to use Secure HDX, whose policy does not hold there",
      ja = "経路 {path}（{kind}）は Secure HDX を使うとされていますが、ポリシーが適用されません",
    }, values)
  elseif path.kind == "internal_direct" then
    ensure_to_hosts(s)
  end
end

local function ensure_rdp(screens)
  ensure(screens.rdp_security_layer == "tls", screens, {
    en = "RDP may fall back to its own security layer instead of TLS",
    ja = "RDP のセキュリティ層が TLS に限定されていません",
  })
end

local IN_USE = { en = "an access path in use", ja = "利用できる接続経路" }

local function screens_rule()
  return {
    id    = "screen-transfer-tls", ref = "R5", owner = "customer", when = { service = "ctx" },
    title = {
      en = "Screens are transferred with TLS on every access path",
      ja = "画面転送がすべての接続経路で TLS により暗号化されている",
    },
    fix   = {
      en = "Enable TLS or Secure HDX for the path in the Citrix policies and delivery groups, refuse sessions "
        .. "without it, and set the RDP security layer to TLS.",
      ja = "Citrix ポリシーとデリバリーグループで該当経路の TLS または Secure HDX を有効にし、暗号化なしの接続を拒否して"
        .. "ください。RDP のセキュリティ層は TLS に設定してください。",
    },
    check = function(s, params)
      if params.screen_transfer_tls == "optional" then
        not_applicable({
          en = "screen_transfer_tls is optional: the service offers TLS here and does not promise it",
          ja = "screen_transfer_tls が optional です（サービスは TLS を提供するが保証はしない）",
        })
      end
      local screens, rdp = s.portals.screen_transfer, false
      for _, path in each(screens.paths, IN_USE, function(path) return path.in_use end) do
        ensure_path(s, screens, path, params)
        rdp = rdp or path.kind == "avd_gateway" or path.kind == "rdp_shortpath"
      end
      if rdp then
        ensure_rdp(screens)
      end
    end,
  }
end

-- ---- administration tools and directory ----

local PROTECTED = { tls = true, sign_and_seal = true }

local function tools_rule()
  return {
    id    = "admin-tools-protected", ref = "R6", severity = "medium", owner = "shared", when = { service = "iad" },
    title = {
      en = "The administration tools use protected protocols only",
      ja = "管理用ツールの通信が暗号化されている",
    },
    fix   = {
      en = "Use LDAPS, WinRM over HTTPS, or LDAP and RPC with signing and sealing, and have the targets refuse "
        .. "anything else.",
      ja = "LDAPS、WinRM over HTTPS、または署名とシールを行う LDAP・RPC を使用し、保護のない接続を接続先で拒否して"
        .. "ください。",
    },
    check = function(s, params)
      if params.admin_tools_protection == "advisory" then
        not_applicable({
          en = "admin_tools_protection is advisory: the service does not promise this channel",
          ja = "admin_tools_protection が advisory です（サービスはこの通信路の暗号化を保証していない）",
        })
      end
      for _, protocol in ipairs(s.portals.admin_tools.protocols) do
        local values = { id = protocol.id, ports = ports.text(protocol.ports), protection = protocol.protection }
        ensure(PROTECTED[protocol.protection] == true, protocol, {
          en = "{id} (port {ports}) is protected with {protection} only, so that others can read it",
          ja = "{id}（ポート {ports}）の保護方式が {protection} で、通信を盗聴されるおそれがあります",
        }, values)
        ensure(protocol.required, protocol, {
          en = "the targets accept {id} (port {ports}) without protection too",
          ja = "接続先が {id}（ポート {ports}）の保護なしの接続も受け付けます",
        }, values)
      end
    end,
  }
end

local function ldap_rule()
  return {
    id    = "ldap-protected", ref = "R7", severity = "medium", owner = "shared", when = { service = "iad" },
    title = {
      en = "LDAP signing and channel binding are required",
      ja = "LDAP 署名とチャネルバインディングを必須としている",
    },
    fix   = {
      en = "Set \"Domain controller: LDAP server signing requirements\" to Require signing and \"LDAP server channel "
        .. "binding token requirements\" to Always; look at event 2889 for clients that would break first.",
      ja = "グループポリシーの「ドメイン コントローラー: LDAP サーバー署名必須」を「署名を必要とする」に、「LDAP サーバー "
        .. "チャネル バインディング トークンの要件」を「常時」に設定してください（事前にイベント 2889 で影響を確認）。",
    },
    check = function(s)
      local ad = s.ad
      local values = { domain = ad.domain, signing = ad.ldap_signing }
      ensure(ad.ldap_signing == "required", ad, {
        en = "the domain controllers of {domain} do not require LDAP signing ({signing})",
        ja = "{domain} のドメインコントローラーで LDAP 署名が必須になっていません（{signing}）",
      }, values)
      values.binding = ad.ldap_channel_binding
      ensure(ad.ldap_channel_binding == "always", ad, {
        en = "the domain controllers of {domain} do not require LDAP channel binding ({binding})",
        ja = "{domain} のドメインコントローラーで LDAP チャネルバインディングが必須になっていません（{binding}）",
      }, values)
    end,
  }
end

local WINDOWS = { en = "a running Windows host", ja = "稼働中の Windows ホスト" }

local function smb1_rule()
  return {
    id    = "smb1-off", ref = "R8", severity = "high", owner = "shared",
    title = { en = "SMB 1, which does not encrypt, is off", ja = "暗号化に対応しない SMBv1 が無効である" },
    fix   = {
      en = "Remove the feature SMB 1.0/CIFS File Sharing Support from the host or its image; ask the provider for "
        .. "its own hosts.",
      ja = "該当ホストまたはそのイメージから「SMB 1.0/CIFS ファイル共有のサポート」を削除してください（事業者のホストは"
        .. "事業者に依頼）。",
    },
    check = function(s)
      local function is_one(host)
        return host.state == "running" and host.os.family == "windows"
      end
      for _, host in ipairs(s.hosts) do
        if is_one(host) and has(host, "legacy") then
          local name = host.name
          ensure(host.legacy.smb1 == false, host, {
            en = "SMB 1 is on at {host}",
            ja = "{host} で SMBv1 が有効です",
          }, { host = name })
        end
      end
      for _, host in each(s.hosts, WINDOWS, is_one) do
        maybe_empty(host.legacy) -- missing where nobody looked
      end
    end,
  }
end

local function storage_rule()
  return {
    id    = "storage-tls", ref = "R9", severity = "high", owner = "shared", when = { service = "ctx" },
    title = {
      en = "Storage accounts accept TLS of today only",
      ja = "ストレージアカウントへの通信が TLS 1.2 以上に限定されている",
    },
    fix   = {
      en = "In the configuration of the storage account set the minimum TLS version to 1.2, and require secure "
        .. "transfer.",
      ja = "ストレージアカウントの「構成」で、TLS の最小バージョンを 1.2 に設定し、「安全な転送が必須」を有効にしてください。",
    },
    check = function(s, params)
      local accounts = s.azure.storage_accounts
      if is_empty(accounts) then
        not_applicable({ en = "there is no storage account", ja = "ストレージアカウントがありません" })
      end
      for _, account in ipairs(accounts) do
        local values = { account = account.id, version = account.minimum_tls,
          least = tls.name(tls.version(params.tls_min_version)) }
        ensure(account.https_only, account, {
          en = "{account} also takes requests without TLS",
          ja = "{account} は TLS なしのリクエストも受け付けます",
        }, values)
        ensure(tls.at_least(account.minimum_tls, params.tls_min_version), account, {
          en = "{account} accepts {version}; the lowest allowed is {least}",
          ja = "{account} が {version} を受け付けます（最低 {least}）",
        }, values)
      end
    end,
  }
end

-- ---- the control ----

return {
  title      = { en = "Policy on the use of cryptographic controls", ja = "暗号による管理策の利用方針" },
  severity   = "high",
  owner      = { iad = "provider", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 10.1.1", "ISO/IEC 27002:2013 10.1.1", "ISO/IEC 27001:2022 A.8.24", "RFC 8996", "RFC 9325",
    "IIJ-IAD012-0002 1.1 6.1", "IIJ-VDS051-0002 1.1 6.1",
  },
  tags       = { "tls", "cryptography" },
  params     = {
    tls_min_version = {
      type = "string", default = "TLS 1.2", one_of = { "TLS 1.2", "TLS 1.3" },
      doc = { en = "Lowest TLS version that may be accepted", ja = "受け付けてよい TLS の最低版" },
      source = "RFC 8996 (TLS 1.0 and 1.1 must not be used), RFC 9325 3.1",
    },
    tls_max_age_scan_days = {
      type = "integer", default = 30, min = 1, unit = "days",
      doc = { en = "Age at which a TLS scan no longer shows anything", ja = "TLS の走査結果を有効とみなす日数" },
      source = "Proposal of this pack",
    },
    forbidden_ciphers = {
      type = "list", default = { "null", "anonymous", "export", "rc4", "rc2", "des", "3des", "idea", "md5" },
      one_of = { "null", "anonymous", "export", "rc4", "rc2", "des", "3des", "idea", "md5", "sha1", "cbc",
        "rsa", "pre-shared-key" },
      doc = {
        en = "Classes of cipher suites that must not be offered",
        ja = "受け付けてはならない暗号スイートの種類",
      },
      source = "RFC 9325 4.1: no encryption or authentication, less than 112 bits, RC4; 64-bit blocks and MD5",
    },
    cert_min_days = {
      type = "integer", default = 14, min = 0, max = 90, unit = "days",
      doc = {
        en = "Days before expiry by which a certificate has to be renewed",
        ja = "証明書を有効期限の何日前までに更新すべきか",
      },
      source = "Proposal of this pack",
    },
    screen_transfer_tls = {
      type = "string", default = "required", one_of = { "required", "optional" },
      doc = {
        en = "Whether TLS for the transfer of screens, which CTX offers, has to be used",
        ja = "CTX が提供する画面転送の TLS を必須とするか",
      },
      source = "White paper CTX, 10.1.1: TLS can be used for the transfer of screens",
    },
    admin_tools_protection = {
      type = "string", default = "advisory", one_of = { "required", "advisory" },
      doc = {
        en = "Whether the channel of the administration tools is judged",
        ja = "管理用ツールの通信の保護を判定するか",
      },
      source = "White paper IAD, 10.1.1, is silent on the tools",
    },
  },

  rules = {
    versions_rule(PORTAL), ciphers_rule(PORTAL), certificate_rule(PORTAL), cleartext_rule(PORTAL),
    versions_rule(CONSOLE), ciphers_rule(CONSOLE), certificate_rule(CONSOLE), cleartext_rule(CONSOLE),
    versions_rule(WORKSPACE), ciphers_rule(WORKSPACE), certificate_rule(WORKSPACE), cleartext_rule(WORKSPACE),
    scans_rule, screens_rule(), tools_rule(), ldap_rule(), smb1_rule(), storage_rule(),
  },
}
