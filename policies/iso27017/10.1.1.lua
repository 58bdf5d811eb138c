-- 10.1.1 Policy on the use of cryptographic controls
-- SPDX-License-Identifier: Apache-2.0
--
-- IAD promises SSL/TLS for the portal and the console; CTX promises TLS, and offers it for the
-- transfer of screens. SSL alone does not keep that promise. The channel of the administration
-- tools is not promised, and neither is encryption at rest: the latter is not judged here. R7 to R10
-- go beyond the two papers: what the directory, the hosts and the storage speak to each other.

local encryption = use("encryption")
local endpoint = use("endpoint")
local words = use("words")

-- ---- rules of endpoints ----

local WORKSPACE = {
  prefix = "workspace", endpoints = endpoint.of_workspace, owner = "shared", when = { service = "ctx" },
  en = "workspace and its gateways", ja = "ワークスペースとゲートウェイ",
  fix_en = "Ask the provider, or configure your own gateway,",
  fix_ja = "事業者に依頼するか、お客様が管理するゲートウェイの設定を変更してください",
}

-- ---- scans ----

local function scanned_endpoints(s)
  local found = endpoint.of_portal_and_console(s)
  if has(s.portals, "workspace") then
    for _, place in ipairs(endpoint.of_workspace(s)) do
      table.insert(found, place)
    end
  end
  return found
end

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
  local values = {
    path = path.id, kind = words.word(words.SCREEN_PATH, path.kind),
    encryption = words.word(words.ENCRYPTION, path.encryption),
  }
  ensure(ENCRYPTED[path.encryption] == true, path, {
    en = "screens go over {path} ({kind}) with encryption {encryption}, which is not TLS",
    ja = "経路 {path}（{kind}）の画面転送が TLS で暗号化されていません（暗号化：{encryption}）",
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
          ja = "screen_transfer_tls が optional のため（サービスは TLS を提供するが、使用を保証しない）",
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
          ja = "admin_tools_protection が advisory のため（この通信路の暗号化はサービスの保証の対象外）",
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
      local function is_idle_image(host) -- which hosts are made from, and which is off meanwhile
        return host.role == "master_image" and host.state == "stopped" and host.os.family == "windows"
      end
      for _, host in ipairs(s.hosts) do
        if (is_one(host) or is_idle_image(host)) and has(host, "legacy") then
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
        not_applicable({ en = "there is no storage account", ja = "ストレージアカウントがないため" })
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

-- ---- tunnels ----

-- What crosses the internet; a private line is no secret to its carrier, which is remarked on.
local OVER_INTERNET = { ipsec = true, ssl_vpn = true, sd_wan = true }

local function check_tunnel(tunnel)
  local values = { id = tunnel.id, kind = tunnel.kind }
  local encrypted = tunnel.encrypted
  if OVER_INTERNET[values.kind] then
    ensure(encrypted, tunnel, {
      en = "the tunnel {id} ({kind}) crosses the internet without encryption",
      ja = "{id}（{kind}）がインターネット経由の通信を暗号化していません",
    }, values)
  else
    if encrypted == false then
      note({
        en = "the private line {id} ({kind}) is not encrypted",
        ja = "閉域接続 {id}（{kind}）は暗号化されていません",
      }, values)
    end
    ensure(true, tunnel)
  end
end

local function tunnels_rule()
  return {
    id    = "tunnels-encrypted", ref = "R10", owner = "shared",
    title = { en = "Tunnels across the internet are encrypted", ja = "インターネット経由の VPN が暗号化されている" },
    fix   = {
      en = "Choose a proposal with encryption (ESP with AES-GCM, TLS), or replace the tunnel by a private line.",
      ja = "暗号化を含む設定（ESP の AES-GCM、TLS など）に変更するか、閉域接続に切り替えてください。",
    },
    check = function(s)
      if not has(s.networks, "tunnels") or is_empty(s.networks.tunnels) then
        not_applicable({ en = "no tunnel is listed", ja = "VPN・閉域接続の記載がないため" })
      end
      for _, tunnel in ipairs(s.networks.tunnels) do
        check_tunnel(tunnel)
      end
    end,
  }
end

-- ---- the control ----

local rules = {}

for _, of in ipairs({ encryption.PORTAL, encryption.CONSOLE, WORKSPACE }) do
  for _, rule in ipairs(encryption.rules(of)) do
    table.insert(rules, rule)
  end
end
for _, rule in ipairs({
  encryption.scans_rule(scanned_endpoints), screens_rule(), tools_rule(), ldap_rule(), smb1_rule(), storage_rule(),
  tunnels_rule(),
}) do
  table.insert(rules, rule)
end

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
    tls_min_version = encryption.params.tls_min_version,
    tls_max_age_scan_days = encryption.params.tls_max_age_scan_days,
    forbidden_ciphers = encryption.params.forbidden_ciphers,
    cert_min_days = encryption.params.cert_min_days,
    screen_transfer_tls = {
      type = "string", default = "required", one_of = { "required", "optional" },
      doc = {
        en = "Whether TLS for the transfer of screens, which CTX offers, has to be used",
        ja = "CTX が提供する画面転送の TLS を必須とするか",
      },
      source = {
        en = "White paper CTX, 10.1.1: TLS can be used for the transfer of screens",
        ja = "CTX のホワイトペーパー 10.1.1：画面転送に TLS を利用できる",
      },
    },
    admin_tools_protection = {
      type = "string", default = "advisory", one_of = { "required", "advisory" },
      doc = {
        en = "Whether the channel of the administration tools is judged",
        ja = "管理用ツールの通信の保護を判定するか",
      },
      source = {
        en = "White paper IAD, 10.1.1, is silent on the tools",
        ja = "IAD のホワイトペーパー 10.1.1 には管理ツールについての記載なし",
      },
    },
  },

  rules = rules,
}
