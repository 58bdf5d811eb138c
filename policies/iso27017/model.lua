-- model.lua: the snapshot of one tenant, every field once
-- SPDX-License-Identifier: Apache-2.0
--
-- Read from the bottom: the root is a record of areas, each area a local above it. An area that
-- nobody collected is left out whole. A list that may honestly be empty names the field that
-- witnesses that somebody looked: a sibling, or a JSON Pointer. docs/snapshot.md tells the rest.

-- ---- units ----

local SECONDS = { en = "seconds", ja = "秒" }
local MINUTES = { en = "minutes", ja = "分" }
local DAYS = { en = "days", ja = "日" }
local MILLISECONDS = { en = "milliseconds", ja = "ミリ秒" }
local CHARACTERS = { en = "characters", ja = "文字" }
local PERCENT = { en = "percent", ja = "%" }
local BYTES = { en = "bytes", ja = "バイト" }
local MEGABYTES = { en = "megabytes", ja = "MB" }

-- ---- words ----

local function req(name, kind, en, ja, unit)
  return { name, kind, required = true, en = en, ja = ja, unit = unit }
end

-- Required as well: no rule reads it, but whoever follows a finding up, or an auditor, has to.
local function tell(name, kind, en, ja, unit)
  return { name, kind, required = true, for_people = true, en = en, ja = ja, unit = unit }
end

local function opt(name, kind, en, ja, unit)
  return { name, kind, en = en, ja = ja, unit = unit }
end

local id, timestamp, date = format"id", format"timestamp", format"date"
local cidr, ip, address, ports = format"cidr", format"ip", format"address", format"ports"
local url, email, country, sha256 = format"url", format"email", format"country", format"sha256"
local str, count, port = text{ min = 1 }, integer{ min = 0 }, integer{ min = 1, max = 65535 }
local percent = number{ min = 0, max = 100 }

local party = enum{ "provider", "customer", "shared" }
local service = enum{ "iad", "ctx", "both" }
local option = enum{ "entra_connect", "two_site", "admin_console", "mfa_option" }
local source = enum{ "portal", "ad", "entra", "citrix", "azure" }
local protocol = enum{ "tcp", "udp", "icmp", "esp", "ah", "any" }
local channel = enum{ "portal", "mail", "telephone", "sms", "chat" }

local account, group, role = ref"identities.accounts", ref"identities.groups", ref"identities.roles"
local zone, routing_domain, filter = ref"networks.zones", ref"networks.routing_domains", ref"networks.filters"
local named_location, host, contact = ref"conditional_access.named_locations", ref"hosts", ref"contacts"

local dataset = enum{
  "directory_objects", "group_policy", "dns_zones", "system_state", "configuration_data", "sync_configuration",
  "event_logs", "settings", "profile_data", "master_image", "account_information", "mail_information",
  "activity_log", "operator_log", "equipment_information", "contract_information", "support_records",
}

local service_field = req("service", service, "Service it belongs to", "対象サービス")
local party_field = req("party", party, "Who is responsible for it", "責任区分（事業者／お客様／共有）")
-- Where no rule asks whose it is.
local told_service_field = opt("service", service, "Service it belongs to", "対象サービス")
local told_party_field = opt("party", party, "Who is responsible for it", "責任区分（事業者／お客様／共有）")
local id_field = req("id", id, "Identifier, used by references", "識別子（他の項目から参照）")

-- Records of something that happened: empty only when somebody says that the period is complete.
local function journal(entry, en, ja)
  return record{
    req("from", timestamp, "Start of the period that the records cover", "記録対象期間の開始日時"),
    req("to", timestamp, "End of that period", "記録対象期間の終了日時"),
    req("complete", boolean, "Nothing is left out of the period", "期間内の記録に漏れがないこと"),
    req("records", list(entry, { unique = "id", may_be_empty = "complete" }), en, ja),
  }
end

local document = record{
  req("title", str, "Title of the document", "文書名"),
  req("version", str, "Version", "版数"),
  req("dated", date, "Date of that version", "制定・改定日"),
  opt("url", url, "Where it is", "掲載場所"),
}

-- ---- contract ----

local contract = record{
  req("service", service, "Contracted service; both when the tenant has both", "契約サービス（両方の場合は both）"),
  req("options", list(option, { may_be_empty = "confirmed_at" }), "Contracted options", "契約オプション"),
  req("confirmed_at", timestamp, "When service and options were read in the portal",
    "契約内容をポータルで確認した日時"),
  req("state", enum{ "trial", "active", "terminating", "terminated" },
    "State of the contract: terminating once notice is given, terminated after the last day",
    "契約状態（解約申込後は terminating、解約日経過後は terminated）"),
  req("started_on", date, "First day of the contract", "契約開始日"),
  opt("ends_on", date, "Last day of the current term, if it has one", "現契約期間の末日"),
  req("terms", list(record{
    id_field,
    req("kind", enum{ "internet_service_terms", "solution_service_terms", "individual_agreement" },
      "Which terms", "約款の種類"),
    tell("version", str, "Version or date of the terms", "約款の版"),
    req("in_force_from", date, "In force from", "適用開始日"),
    opt("in_force_until", date, "In force until, if limited", "適用終了日"),
  }, { unique = "id", min = 1 }), "Terms that govern the contract", "適用される契約約款"),
  req("court", str, "Court of exclusive jurisdiction in the first instance", "第一審の専属的合意管轄裁判所"),
  opt("governing_law", str, "Governing law, where the contract states one", "準拠法（明記されている場合）"),
  req("service_codes", list(record{
    req("id", str, "The service code", "サービスコード"),
    service_field,
    opt("option", option, "Option the code is for", "対象オプション"),
    req("customer_id", str, "Customer the code was issued to", "契約者番号"),
    req("state", enum{ "active", "cancelled" }, "State of the code", "サービスコードの状態"),
  }, { unique = "id", min = 1 }), "Service codes that identify what is contracted", "契約サービスを識別するサービスコード"),
  opt("user_countries", list(country), "Countries where users sit", "利用者の所在国"),
  opt("last_changed_at", timestamp, "When the contract or its options last changed", "契約・オプションの最終変更日時"),
  opt("termination", record{
    req("date", date, "Last day of the contract, day 0 of the deletion clock", "解約日（この翌日が1日目）"),
    opt("announced_on", date, "Day the notice was given", "解約申込日"),
    opt("moved_from", date, "Termination date before it was moved", "変更前の解約日"),
    opt("recontracted_on", date, "Day a new contract began", "再契約日"),
    opt("export", record{
      req("completed_at", timestamp, "When the customer's export was complete", "データ退避の完了日時"),
      req("datasets", list(dataset, { min = 1 }), "What was exported", "退避したデータ"),
      tell("verified_by", str, "Who verified it", "確認者"),
    }, "Export of the customer's data before the end", "解約前のデータ退避"),
  }, "Termination of the contract, once notice is given", "解約（申込後に記入）"),
  opt("partial_terminations", list(record{
    req("id", option, "Option that was cancelled", "解約したオプション"),
    req("date", date, "Its last day", "解約日"),
  }, { unique = "id", may_be_empty = "confirmed_at" }), "Options cancelled alone", "部分解約したオプション"),
}

local accepted_claim = record{
  req("doc", str, "Number of the provider's document", "文書番号"),
  req("version", str, "Version that was accepted", "受諾した版"),
  req("sha256", sha256, "Digest of the claims that were accepted", "受諾した表明のハッシュ値"),
  req("accepted_by", str, "Who accepted them for the customer", "受諾者"),
  req("accepted_at", timestamp, "When", "受諾日時"),
  opt("confirmed_with", str, "Whom at the provider it was confirmed with", "確認先（事業者の担当）"),
}

-- ---- endpoints and TLS ----

local certificate = record{
  tell("subject", str, "Subject", "サブジェクト"),
  req("names", list(str, { min = 1 }), "Names it covers, wildcards as written", "証明書の対象ホスト名（SAN）"),
  tell("issuer", str, "Issuer", "発行者"),
  req("issuer_kind", enum{ "public_ca", "private_ca", "self_signed" }, "Kind of issuer", "発行者の種別"),
  req("chain_ok", boolean, "The chain is complete and leads to a trusted root", "証明書チェーンが正当か"),
  req("not_before", timestamp, "Valid from", "有効期間の開始"),
  req("not_after", timestamp, "Valid until", "有効期間の終了"),
  req("revoked", boolean, "Revoked according to CRL or OCSP", "失効しているか"),
  opt("key", str, "Key algorithm and size", "鍵の種類と長さ"),
  opt("signature", str, "Signature algorithm", "署名アルゴリズム"),
}

local http_listener = record{
  req("port", port, "Port that was probed without TLS", "平文で確認したポート"),
  req("behaviour", enum{ "closed", "redirect", "content" },
    "What answered: nothing, a redirect to HTTPS, or content", "応答（閉塞／HTTPSへ転送／内容を返す）"),
  opt("redirect_to", url, "Target of the redirect", "転送先"),
}

local tls_result = record{
  req("address", ip, "Address that was scanned", "走査したアドレス"),
  req("state", enum{ "scanned", "unreachable", "failed" }, "Whether the scan could connect",
    "走査できたか（接続不可・失敗を含む）"),
  opt("protocols", record{
    req("ssl2", boolean, "SSL 2.0 is offered", "SSL 2.0 を受け付けるか"),
    req("ssl3", boolean, "SSL 3.0 is offered", "SSL 3.0 を受け付けるか"),
    req("tls1_0", boolean, "TLS 1.0 is offered", "TLS 1.0 を受け付けるか"),
    req("tls1_1", boolean, "TLS 1.1 is offered", "TLS 1.1 を受け付けるか"),
    req("tls1_2", boolean, "TLS 1.2 is offered", "TLS 1.2 を受け付けるか"),
    req("tls1_3", boolean, "TLS 1.3 is offered", "TLS 1.3 を受け付けるか"),
  }, "Protocol versions, each one tested; required when scanned", "プロトコル版ごとの走査結果（走査時は必須）"),
  opt("ciphers", list(str, { min = 1 }), "Cipher suites offered, IANA or OpenSSL names; required when scanned",
    "受け付ける暗号スイート（走査時は必須）"),
  opt("certificate", certificate, "Certificate that was presented; required when scanned",
    "提示された証明書（走査時は必須）"),
  opt("http", list(http_listener, { unique = "port", min = 1 }),
    "Plain HTTP on the same address, port 80 at least; required when scanned",
    "同じアドレスの平文HTTP（80番は必ず確認、走査時は必須）"),
  opt("hsts_max_age", integer{ min = 0 }, "max-age of Strict-Transport-Security, 0 when it is not sent",
    "HSTS の max-age（送出しない場合は 0）", SECONDS),
}

local tls_scan = record{
  req("scanned_at", timestamp, "When it was scanned", "走査日時"),
  tell("scanner", str, "Scanner and version", "走査ツールと版"),
  tell("scanned_from", enum{ "internet", "customer_network", "management_network" }, "Where the scanner stood",
    "走査元"),
  req("sni", boolean, "The scan sent the server name", "SNI を付けて走査したか"),
  req("results", list(tls_result, { unique = "address", min = 1 }), "One result for each address",
    "アドレスごとの結果"),
}

local endpoint = record{
  req("url", url, "Address that users open", "利用者が開く URL"),
  opt("resolved_at", timestamp, "When the name was resolved", "名前解決した日時"),
  req("addresses", list(ip, { min = 1 }), "All its addresses, IPv4 and IPv6", "名前解決の結果（IPv4・IPv6 すべて）"),
  opt("tls", tls_scan, "TLS scan of those addresses", "TLS の走査結果"),
}

local external_probe = record{
  req("probed_at", timestamp, "When it was tried from the internet", "インターネット側から確認した日時"),
  tell("from", ip, "Address it was tried from", "確認元アドレス"),
  req("open_ports", list(port, { may_be_empty = "probed_at" }), "Ports that answered", "応答したポート"),
}

-- ---- portals ----

local allow_list = record{
  req("enabled", boolean, "The restriction is switched on", "アクセス元IP制限が有効か"),
  req("mode", enum{ "enforce", "audit" }, "Refuses others, or only records them", "拒否するか記録のみか"),
  req("empty_means", enum{ "allow", "deny" }, "What an empty list lets in", "リストが空のときの動作"),
  req("ipv6", enum{ "listed", "blocked", "unrestricted" },
    "IPv6 sources: held against the list, always refused, or always let in",
    "IPv6 の扱い（リストで判定／常に拒否／制限なし）"),
  req("client_address", enum{ "connection", "forwarded_header" },
    "Whether the address of the connection is judged, or one that a header claims",
    "判定に使うアドレス（接続元／転送ヘッダー）"),
  req("read_at", timestamp, "When the list was read", "リストを確認した日時"),
  req("entries", list(record{
    req("address", address, "Address, block, range or tag; named locations are written out",
      "アドレス・ブロック・範囲・タグ（名前付きの場所は展開）"),
    opt("action", enum{ "allow", "deny" }, "Deny only where the product has deny entries; else allow",
      "許可／拒否（省略時は許可）"),
    opt("priority", integer{ min = 0 }, "Order where the product has one, lower first", "評価順（小さい値を優先）"),
    req("description", str, "Whose address it is", "用途・所有者"),
    opt("ticket", str, "Request that it was added for", "申請番号"),
    opt("added_on", date, "Day it was added", "登録日"),
    opt("expires", date, "Last day it is wanted", "有効期限（この日まで）"),
    opt("last_seen", timestamp, "Last sign-in from it", "最終利用日時"),
  }, { may_be_empty = "read_at" }), "Entries", "登録内容"),
  opt("trusted_proxies", list(address), "Proxies whose forwarded header is believed", "信頼するプロキシ"),
}

local portals = record{
  opt("customer_portal", record{
    req("access_paths", list(record{
      id_field,
      req("kind", enum{ "web", "api", "mobile_app", "legacy" }, "Kind of access", "アクセス方法"),
      req("ip_allowlist_applied", boolean, "The allow-list holds here too", "アクセス元IP制限の対象か"),
      req("mfa_applied", boolean, "Multi-factor rules hold here too", "多要素認証の対象か"),
      req("endpoint", endpoint, "Where it is", "接続先"),
    }, { unique = "id", min = 1 }), "All ways into the portal", "ポータルへのすべての経路"),
    req("ip_allowlist", allow_list, "Restriction of administrators' source addresses", "管理者のアクセス元IP制限"),
    opt("functions", list(enum{
      "ip_restriction", "multi_factor", "user_registration", "user_removal", "role_management", "reissue",
      "announcements", "service_list", "service_documents", "activity_log",
    }, { min = 1 }), "Functions that the portal offers", "ポータルが提供する機能"),
  }, "Customer portal", "お客様専用のポータルサイト"),
  { "admin_console", record{
    req("endpoint", endpoint, "Where it is", "接続先"),
    req("bound_zones", list(zone, { min = 1 }), "Zones it may be reached from", "接続を許可したゾーン"),
    req("allowed_sources", list(address, { min = 1 }), "Source addresses it accepts", "接続を許可したアドレス"),
    req("external_probe", external_probe, "Attempt from the internet", "インターネットからの到達確認"),
    opt("functions", list(enum{ "user_registration", "user_removal", "role_management", "event_log" }, { min = 1 }),
      "Functions that the console offers", "管理コンソールが提供する機能"),
  }, option = "admin_console", en = "Customer admin console", ja = "お客様専用の管理コンソール" },
  { "admin_tools", record{
    req("targets", list(host, { min = 1 }), "Hosts that the tools connect to", "管理用ツールの接続先ホスト"),
    req("bound_zones", list(zone, { min = 1 }), "Zones they may be used from", "利用を許可したゾーン"),
    req("allowed_sources", list(address, { min = 1 }), "Source addresses the targets accept",
      "接続を許可したアドレス"),
    req("protocols", list(record{
      req("id", enum{ "rdp", "winrm_http", "winrm_https", "adws", "ldap", "ldaps", "rpc", "smb" },
        "Protocol", "プロトコル"),
      req("ports", list(ports, { min = 1 }), "Ports it uses", "使用ポート"),
      req("protection", enum{ "tls", "sign_and_seal", "sign_only", "none" }, "How it is protected on the way",
        "通信の保護方式"),
      req("required", boolean, "The target refuses it unprotected", "保護のない接続を拒否するか"),
    }, { unique = "id", min = 1 }), "Protocols the tools use", "管理用ツールの通信"),
    req("external_probe", external_probe, "Attempt from the internet", "インターネットからの到達確認"),
  }, service = "iad", en = "Administration tools: RSAT and PowerShell", ja = "管理用ツール（RSAT・PowerShell）" },
  { "workspace", record{
    req("endpoint", endpoint, "Where users start desktops and applications", "利用者の接続先"),
    req("session_idle_minutes", count, "Idle time until sign-out, 0 for never", "無操作でサインアウトするまでの時間（0は無期限）",
      "minutes"),
  }, service = "ctx", en = "Workspace where users start their sessions", ja = "利用者のワークスペース" },
  { "screen_transfer", record{
    req("paths", list(record{
      id_field,
      req("kind", enum{ "gateway_service", "internal_direct", "avd_gateway", "rdp_shortpath" }, "Access path",
        "接続経路"),
      req("in_use", boolean, "Sessions can take this path", "利用できる経路か"),
      req("encryption", enum{ "tls", "dtls", "secure_hdx", "secureica", "none" }, "Encryption on the path",
        "暗号化方式"),
      req("mandatory", boolean, "Sessions without it are refused", "暗号化なしの接続を拒否するか"),
      opt("minimum_version", str, "Lowest TLS version, as the product spells it", "TLS の最低版（製品の表記）"),
      opt("endpoint", endpoint, "The gateway, where the path has one", "ゲートウェイ"),
    }, { unique = "id", min = 1 }), "Ways that screens are transferred", "画面転送の経路"),
    opt("secure_hdx", enum{ "disabled", "enabled", "direct_connections_only" }, "Citrix policy Secure HDX",
      "Citrix ポリシー Secure HDX"),
    opt("rdp_security_layer", enum{ "tls", "negotiate", "rdp" }, "Security layer of RDP", "RDP のセキュリティ層"),
  }, service = "ctx", en = "Screen transfer", ja = "画面転送" },
}

-- ---- identities ----

local method_kind = enum{
  "fido2", "client_certificate", "windows_hello", "authenticator", "totp", "hardware_token", "sms", "voice",
  "email_otp", "security_questions", "temporary_access_pass",
}

local account_record = record{
  id_field,
  req("upn", str, "Sign-in name as the directory spells it", "サインイン名（ディレクトリの表記のまま）"),
  req("name", str, "Display name", "表示名"),
  req("kind", enum{ "person", "break_glass", "service", "sync", "guest", "builtin" }, "What the account is for",
    "アカウントの種別"),
  req("source", source, "Directory it lives in", "登録先"),
  req("enabled", boolean, "It can sign in", "有効か"),
  req("owner", str, "Person behind it, the same for all accounts of one person", "所有者（社員番号など。同一人物は同じ値）"),
  req("created_at", timestamp, "When it was created", "作成日時"),
  opt("created_by", str, "Person who created it", "作成者"),
  req("last_sign_in", nullable(timestamp), "Last sign-in, null for never; left out when it cannot be seen",
    "最終サインイン（null は未使用、取得できない場合は項目ごと省略）"),
  opt("disabled_at", timestamp, "When it was disabled", "無効化日時"),
  opt("deleted_at", timestamp, "When it was deleted, while references to it remain", "削除日時（参照が残る間は記載）"),
  opt("synced_from_ad", boolean, "It is synchronised from Active Directory; said of every Entra account",
    "AD から同期されたアカウントか（Entra は必須）"),
  opt("hr", record{
    req("status", enum{ "employed", "on_leave", "left" }, "Employment", "在籍状況"),
    opt("left_on", date, "Last day of employment", "退職日"),
  }, "What the personnel department says", "人事情報"),
  opt("invitation", record{
    req("state", enum{ "pending", "accepted", "expired" }, "State", "状態"),
    req("sent_at", timestamp, "When it was sent", "送信日時"),
  }, "Invitation of an administrator or guest", "招待"),
  opt("trained_on", date, "Last security training of this administrator", "直近のセキュリティ教育受講日"),
  req("methods", list(record{
    id_field,
    req("kind", method_kind, "Method", "認証方法"),
    req("state", enum{ "active", "suspended", "revoked", "lost" }, "State of this registration", "登録の状態"),
    opt("registered_at", timestamp, "When it was registered", "登録日時"),
    opt("expires", timestamp, "When it expires; said of every client certificate", "有効期限（クライアント証明書は必須）"),
    opt("certificate_authority", ref"authentication.certificate_authorities",
      "Who issued it; said of every client certificate", "発行した認証局（クライアント証明書は必須）"),
  }, { unique = "id", may_be_empty = "/identities/collected_at" }), "Methods registered besides the password",
    "登録済みの認証方法（パスワード以外）"),
  opt("restricted_to", list(named_location, { min = 1 }),
    "Only places a service or sync account may sign in from", "サインイン元の限定（サービス・同期アカウント）"),
  opt("break_glass", record{
    req("password_length", count, "Length of its password", "パスワードの長さ", CHARACTERS),
    req("alert", nullable(ref"logging.alerts"), "Alert that its use raises, null for none",
      "使用時に発報するアラート（null はなし）"),
    req("reviewed_at", timestamp, "Last review", "直近の点検日時"),
    opt("last_used_at", nullable(timestamp), "Last use, null for never", "最終使用日時（null は未使用）"),
    opt("exercised_at", timestamp, "Last exercise of the procedure", "直近の訓練日時"),
  }, "Of a break-glass account", "緊急アクセス用アカウントの管理状況"),
  opt("sign_in_state", record{
    req("changed_at", nullable(timestamp), "Last change of the password, null for never",
      "パスワードの最終変更（null は未変更）"),
    req("change_at_next_sign_in", boolean, "Must be changed at the next sign-in", "次回サインイン時に変更が必要か"),
    opt("initial_replaced", boolean, "The initial password was replaced", "初期パスワードを変更済みか"),
  }, "State of the password", "パスワードの状態"),
  opt("ad_flags", list(enum{
    "password_not_required", "password_never_expires", "reversible_encryption", "preauth_not_required",
    "unconstrained_delegation", "has_spn",
  }, { may_be_empty = "/identities/collected_at" }),
    "Risky flags that are set; said of every Active Directory account", "設定されている危険なフラグ（AD アカウントは必須）"),
}

local password_policy = record{
  id_field,
  req("source", source, "Directory it holds for", "対象ディレクトリ"),
  req("kind", enum{ "default", "fine_grained" }, "Domain default or fine-grained", "既定／細かい設定が可能なポリシー"),
  opt("groups", list(group, { min = 1 }), "Groups a fine-grained policy applies to", "適用グループ"),
  opt("precedence", count, "Precedence, lower wins", "優先順位（小さい値が優先）"),
  req("min_length", count, "Shortest password", "最小文字数", CHARACTERS),
  req("complexity", boolean, "Composition rules are on", "複雑さの要件が有効か"),
  req("banned_list", boolean, "A list of banned words is on", "禁止パスワードのリストが有効か"),
  req("reversible_encryption", boolean, "Stored reversibly", "可逆暗号化で保存するか"),
  req("history", count, "Passwords remembered", "記憶する世代数"),
  req("max_age_days", nullable(integer{ min = 1 }), "Days until expiry, null for never", "有効期間（null は無期限）", DAYS),
  req("lockout_threshold", count, "Failures until lockout, 0 for never", "ロックアウトまでの失敗回数（0は無効）"),
  req("lockout_minutes", count, "Length of a lockout, 0 until an administrator unlocks",
    "ロックアウト時間（0は管理者の解除まで）", MINUTES),
}

local identities = record{
  req("collected_at", timestamp, "When the directories were read", "ディレクトリを取得した日時"),
  req("accounts", list(account_record, { unique = "id", min = 1 }), "Accounts of all directories",
    "全ディレクトリのアカウント"),
  req("groups", list(record{
    id_field,
    req("name", str, "Name", "グループ名"),
    opt("source", source, "Directory it lives in", "登録先"),
    req("accounts", list(account, { may_be_empty = "/identities/collected_at" }), "Direct members that are accounts",
      "直接所属するアカウント"),
    req("groups", list(group, { may_be_empty = "/identities/collected_at" }), "Direct members that are groups",
      "直接所属するグループ"),
    opt("role_assignable", boolean, "Protected as a group that may hold roles", "ロール割り当て可能として保護されているか"),
  }, { unique = "id", may_be_empty = "collected_at" }), "Groups that hold roles, and those inside them",
    "権限を持つグループと、その入れ子のグループ"),
  req("roles", list(record{
    id_field,
    req("name", str, "Name", "ロール名"),
    req("source", source, "System that grants it", "権限を管理するシステム"),
    req("privileged", boolean, "Gives privileged access", "特権か"),
    req("top_level", boolean, "Gives everything, like Global Administrator or Domain Admins",
      "最上位の権限か（グローバル管理者など）"),
    req("permissions", list(str, { min = 1 }), "What it grants", "付与される権限"),
    req("documented_permissions", list(str, { may_be_empty = "/identities/collected_at" }),
      "What the service documents say it grants", "サービスドキュメントに記載の範囲"),
    opt("document", str, "Where that is written", "記載文書"),
    req("reviewed_at", timestamp, "Last review of who holds it", "直近の棚卸し日時"),
  }, { unique = "id", min = 1 }), "Roles and privileged groups' rights", "ロール（特権グループの権限を含む）"),
  req("assignments", list(record{
    id_field,
    req("role", role, "Role", "ロール"),
    req("principal", enum{ "account", "group", "unresolved" }, "Kind of holder; unresolved for a dangling identifier",
      "割り当て先の種別（実体のない識別子は unresolved）"),
    opt("account", account, "Holder, when it is an account", "割り当て先アカウント"),
    opt("group", group, "Holder, when it is a group", "割り当て先グループ"),
    opt("unresolved_id", str, "The dangling identifier", "実体のない識別子"),
    req("kind", enum{ "active", "eligible" }, "Always on, or to be activated", "常時／申請により有効化"),
    opt("scope", str, "What it holds for", "適用範囲"),
    opt("starts", timestamp, "From when", "開始日時"),
    req("ends", nullable(timestamp), "Until when, null for permanent", "終了日時（null は恒久）"),
    tell("granted_by", str, "Person who granted it", "付与者"),
    req("approved_by", nullable(str), "Person who approved it, null for nobody", "承認者（null は承認なし）"),
    opt("ticket", str, "Request", "申請番号"),
  }, { unique = "id", min = 1 }), "Who holds which role", "権限の割り当て"),
  req("pam", record{
    req("kind", enum{ "entra_pim", "other", "none" }, "Product", "製品"),
    opt("product", str, "Its name, when it is another one", "製品名"),
  }, "Management of privileged access with activation", "特権アクセス管理（PIM など）"),
  opt("password_policies", list(password_policy, { unique = "id", min = 1 }), "Password policies", "パスワードポリシー"),
  opt("hr_feed", record{
    req("state", enum{ "automatic", "manual", "none" }, "How leavers become known", "退職情報の連携方法"),
    opt("last_import_at", timestamp, "Last import", "直近の取込日時"),
  }, "Feed of leavers from personnel", "人事情報の連携"),
  opt("directory_settings", record{
    req("guest_access", enum{ "same_as_members", "limited", "restricted" }, "What guests can see", "ゲストの閲覧範囲"),
    req("guest_invitations", enum{ "everyone", "members", "admins_and_inviters", "nobody" }, "Who invites guests",
      "ゲストを招待できる者"),
    req("users_register_apps", boolean, "Users may register applications", "利用者がアプリを登録できるか"),
    req("user_consent", enum{ "all", "verified_low_risk", "none" }, "What users may consent to", "利用者の同意範囲"),
  }, "Settings of the Entra directory", "Entra のディレクトリ設定"),
  opt("applications", list(record{
    id_field,
    req("name", str, "Name", "名称"),
    opt("source", source, "Where it is registered", "登録先"),
    tell("owner", str, "Person responsible", "管理責任者"),
    req("keys", list(record{
      id_field,
      req("kind", enum{ "secret", "certificate", "federated" }, "Kind", "種別"),
      req("created_at", timestamp, "Created", "作成日時"),
      req("expires", nullable(timestamp), "Expires, null for never", "有効期限（null は無期限）"),
      { "value", str, secret = true, en = "Never needed: if an export holds it, it is never shown",
        ja = "記入不要（含まれていても表示しない）" },
    }, { unique = "id", may_be_empty = "/identities/collected_at" }), "Its secrets and certificates",
      "シークレットと証明書"),
  }, { unique = "id", may_be_empty = "collected_at" }), "Applications and API clients (Entra, Citrix, Azure)",
    "アプリケーションと API クライアント"),
  { "sync", record{
    req("state", enum{ "running", "stopped", "failing" }, "State", "状態"),
    req("host", host, "Server it runs on", "稼働サーバー"),
    opt("staging_host", nullable(host), "Staging server, null for none", "ステージングサーバー（null はなし）"),
    req("last_sync_at", timestamp, "Last success", "最終同期日時"),
    req("entra_account", account, "Account it writes to Entra with", "Entra 側の同期アカウント"),
    req("ad_account", account, "Account it reads Active Directory with", "AD 側のコネクタアカウント"),
    req("ad_account_protected", boolean, "That account lies where only tier-0 administrators manage it",
      "AD 側アカウントが Tier 0 の管理下にあるか"),
    opt("hash_sync", boolean, "Password hashes are synchronised", "パスワードハッシュ同期が有効か"),
    opt("version", str, "Version", "版"),
  }, option = "entra_connect", en = "Microsoft Entra Connect", ja = "Microsoft Entra Connect" },
}

local authentication = record{
  req("collected_at", timestamp, "When it was read", "取得日時"),
  req("methods", list(record{
    id_field,
    req("source", source, "Directory it holds for", "対象ディレクトリ"),
    req("kind", method_kind, "Method", "認証方法"),
    req("state", enum{ "enabled", "disabled" }, "Allowed in the tenant", "テナントで許可しているか"),
    opt("groups", list(group, { min = 1 }), "Only for these groups", "許可対象グループ（限定する場合）"),
    opt("binding", enum{ "single_factor", "multi_factor" }, "Of certificates: what they count as",
      "証明書の認証強度"),
    opt("crl_checked", boolean, "Of certificates: revocation is checked", "証明書の失効確認が有効か"),
  }, { unique = "id", min = 1 }), "Methods and whether they are allowed", "認証方法の許可状況"),
  req("certificate_authorities", list(record{
    id_field,
    tell("name", str, "Name", "名称"),
    req("state", enum{ "trusted", "removed" }, "Trusted for sign-in", "信頼しているか"),
    req("not_after", timestamp, "Valid until", "有効期限"),
  }, { unique = "id", may_be_empty = "collected_at" }), "Authorities whose client certificates are accepted",
    "クライアント証明書の認証局"),
}

-- ---- conditional access ----

local at_ca = "/conditional_access/collected_at"

local guests_field = req("guests", boolean, "Guests and other external users", "ゲスト")
local accounts_field = req("accounts", list(account, { may_be_empty = at_ca }), "Accounts", "アカウント")
local groups_field = req("groups", list(group, { may_be_empty = at_ca }), "Groups", "グループ")
local roles_field = req("roles", list(role, { may_be_empty = at_ca }), "Holders of roles", "ロール")

local application = enum{
  "customer_portal", "admin_console", "citrix_cloud", "workspace", "azure_management", "avd", "microsoft_365",
}

local access_policy = record{
  id_field,
  req("name", str, "Name", "ポリシー名"),
  req("source", source, "System that applies it: IIJ ID is portal", "適用するシステム（IIJ ID は portal）"),
  req("state", enum{ "enabled", "report_only", "disabled" }, "State", "状態"),
  req("users", record{
    req("include", record{
      req("all", boolean, "Everybody", "全員"), guests_field, accounts_field, groups_field, roles_field,
    }, "Whom it covers", "対象"),
    req("exclude", record{ guests_field, accounts_field, groups_field, roles_field }, "Whom it leaves out", "対象外"),
  }, "Who", "対象ユーザー"),
  req("applications", record{
    req("all", boolean, "All of that system's applications", "全アプリ"),
    req("include", list(application, { may_be_empty = at_ca }), "Applications",
      "対象アプリ"),
    req("exclude", list(application, { may_be_empty = at_ca }), "Applications left out",
      "対象外アプリ"),
  }, "What for", "対象アプリ"),
  req("clients", list(enum{ "all", "browser", "mobile_and_desktop", "exchange_active_sync", "other" }, { min = 1 }),
    "Kinds of client", "クライアントの種類"),
  req("locations", record{
    req("all", boolean, "From anywhere", "すべての場所"),
    opt("include", list(named_location, { may_be_empty = at_ca }), "Only from these",
      "対象の場所"),
    req("exclude", list(named_location, { may_be_empty = at_ca }), "Not from these",
      "対象外の場所"),
    req("exclude_trusted", boolean, "Not from any trusted location", "信頼できる場所をすべて除外するか"),
  }, "Where from", "場所の条件"),
  req("conditions", list(enum{
    "platforms", "sign_in_risk", "user_risk", "device_filter", "authentication_flows", "insider_risk", "other",
  }, { may_be_empty = at_ca }), "Other conditions under which alone it holds: platforms, risk, device filter",
    "その他の適用条件（プラットフォーム・リスク・デバイスフィルターなど、設定がなければ空）"),
  req("grant", nullable(record{
    req("operator", enum{ "and", "or" }, "All of the controls, or any", "すべて／いずれか"),
    req("controls", list(enum{
      "block", "mfa", "authentication_strength", "compliant_device", "hybrid_joined_device", "approved_application",
      "change_of_password", "terms_of_use",
    }, { min = 1 }), "What is demanded", "要求する内容"),
    opt("strength_methods", list(method_kind, { min = 1 }), "Methods that the demanded strength accepts",
      "認証強度が許可する方法"),
  }), "What it demands, null for a policy that only sets the session", "許可の条件（null はセッション制御のみ）"),
}

local conditional_access = record{
  req("collected_at", timestamp, "When the policies were read", "取得日時"),
  opt("security_defaults", boolean, "Entra's security defaults are on", "Entra のセキュリティの既定値群が有効か"),
  req("policies", list(access_policy, { unique = "id", may_be_empty = "collected_at" }), "Sign-in policies",
    "サインインポリシー（条件付きアクセスなど）"),
  req("named_locations", list(record{
    id_field,
    req("name", str, "Name", "名称"),
    opt("trusted", boolean, "Marked as trusted", "信頼できる場所か"),
    req("ranges", list(address, { may_be_empty = at_ca }), "Addresses", "アドレス範囲"),
    req("countries", list(country, { may_be_empty = at_ca }), "Countries", "国"),
  }, { unique = "id", may_be_empty = "collected_at" }), "Named locations", "名前付きの場所"),
}

-- ---- networks ----

local networks = record{
  req("collected_at", timestamp, "When zones, filters, rules, peerings and routes were read", "取得日時"),
  req("routing_domains", list(record{
    id_field,
    req("name", str, "Name", "名称"),
    req("kind", enum{ "vrf", "virtual_network", "physical" }, "Kind", "種別（VRF・仮想ネットワーク・物理）"),
    service_field, party_field,
  }, { unique = "id", min = 1 }), "Routing tables: addresses are unique inside one, not between them",
    "ルーティングドメイン（この中でアドレスは一意）"),
  req("zones", list(record{
    id_field,
    req("name", str, "Name", "名称"),
    service_field, party_field,
    req("role", enum{ "customer", "service", "management", "jump", "tenant", "dmz", "transit" },
      "Role: service is where the hosts are that customers use, tenant is another customer's",
      "役割（service はお客様が利用するサーバー、tenant は他のお客様）"),
    opt("tenant", id, "Whose zone it is; said of every tenant zone", "どのお客様のゾーンか（tenant は必須）"),
    req("routing_domain", routing_domain, "Routing domain it lies in", "属するルーティングドメイン"),
    req("cidrs", list(cidr, { min = 1 }), "All its blocks, IPv4 and IPv6", "アドレスブロック（IPv4・IPv6 すべて）"),
    req("internet_facing", boolean, "Something in it is reachable from the internet", "インターネットから到達できるか"),
    req("filter", nullable(filter), "Filter at its edge, null when there is none",
      "境界のフィルター（null はなし）"),
  }, { unique = "id", min = 1 }), "Zones", "ネットワークゾーン"),
  req("filters", list(record{
    id_field,
    req("name", str, "Name", "名称"),
    opt("kind", enum{ "nsg", "firewall", "acl" }, "Kind", "種別"),
    told_service_field, party_field,
    req("default_inbound", enum{ "allow", "deny" }, "What happens to inbound traffic that no rule matches",
      "どのルールにも一致しない受信の扱い"),
    req("default_outbound", enum{ "allow", "deny" }, "The same for outbound traffic",
      "どのルールにも一致しない送信の扱い"),
    req("families", list(enum{ "ipv4", "ipv6" }, { min = 1 }), "Families it filters; others pass it",
      "対象のアドレスファミリー（対象外は素通し）"),
    req("flow_logs", record{
      req("enabled", boolean, "Switched on", "有効か"),
      opt("retention_days", count, "Days kept, 0 without limit", "保存日数（0は無期限）", DAYS),
    }, "Flow logs", "フローログ"),
  }, { unique = "id", may_be_empty = "collected_at" }), "Firewalls, network security groups, access lists",
    "ファイアウォール・NSG・ACL"),
  req("rules", list(record{
    id_field,
    req("filter", filter, "Filter it belongs to", "属するフィルター"),
    opt("name", str, "Name", "名称"),
    req("enabled", boolean, "In force", "有効か"),
    req("priority", integer{ min = 0 }, "Order, lower first; the first match decides", "優先度（小さい値から評価）"),
    req("action", enum{ "allow", "deny" }, "Action", "許可／拒否"),
    req("direction", enum{ "inbound", "outbound", "both" },
      "As seen from the zone the filter guards; both for a filter without directions",
      "方向（方向を持たないフィルターは both）"),
    req("sources", list(address, { min = 1 }), "Sources: addresses, blocks, ranges, tags", "送信元"),
    req("destinations", list(address, { min = 1 }), "Destinations", "宛先"),
    req("protocol", protocol, "Protocol", "プロトコル"),
    req("ports", list(ports, { min = 1 }), "Destination ports as text, * for all; singular and plural fields in one",
      "宛先ポート（文字列。* はすべて）"),
    opt("expires", date, "Last day it is wanted", "有効期限（この日まで）"),
    opt("ticket", str, "Request it was made for", "申請番号"),
  }, { unique = "id", may_be_empty = "collected_at" }), "Rules, the product's default rules included",
    "ルール（製品の既定ルールを含む）"),
  req("peerings", list(record{
    id_field,
    req("from", routing_domain, "Side that this half belongs to", "設定側"),
    req("to", routing_domain, "Other side", "相手側"),
    req("state", enum{ "connected", "initiated", "disconnected" }, "State", "状態"),
    req("allow_access", boolean, "The other side may reach this one", "相手からの通信を許可するか"),
    req("allow_forwarded", boolean, "Also traffic that only passes through it (allowForwardedTraffic)",
      "転送トラフィックを許可するか"),
    req("allow_gateway_transit", boolean, "The other side may use this side's gateway", "ゲートウェイ転送を許可するか"),
    req("use_remote_gateways", boolean, "This side uses the other's gateway", "リモートゲートウェイを使うか"),
    req("filter", nullable(filter), "Filter between the two, null when there is none", "間にあるフィルター（null はなし）"),
  }, { unique = "id", may_be_empty = "collected_at" }), "Peerings, each direction by itself", "ピアリング（方向ごとに1件）"),
  req("routes", list(record{
    id_field,
    req("routing_domain", routing_domain, "Table it is in", "属するルーティングドメイン"),
    req("destination", cidr, "Destination", "宛先"),
    req("next_hop", enum{ "domain", "appliance", "gateway", "internet", "none" },
      "Where to: another routing domain, an appliance, a VPN gateway, the internet, or dropped", "転送先の種別"),
    opt("next_domain", routing_domain, "The other routing domain; said when next_hop is domain",
      "転送先のルーティングドメイン（domain の場合は必須）"),
    req("filter", nullable(filter), "Filter on the way, null when there is none", "経路上のフィルター（null はなし）"),
  }, { unique = "id", may_be_empty = "collected_at" }),
    "Routes that leave a routing domain, user-defined ones included", "ルーティングドメインの外へ出る経路（UDR を含む）"),
  req("exceptions", list(record{
    id_field,
    req("from_zone", zone, "From", "送信元ゾーン"),
    req("to_zone", zone, "To", "宛先ゾーン"),
    req("protocol", protocol, "Protocol", "プロトコル"),
    req("ports", list(ports, { min = 1 }), "Ports", "ポート"),
    tell("purpose", str, "Why", "理由"),
    req("ticket", str, "Request", "申請番号"),
    req("approved_by", str, "Who approved it", "承認者"),
    req("expires", date, "Last day it holds", "有効期限（この日まで）"),
  }, { unique = "id", may_be_empty = "collected_at" }), "Approved passages between customer and management zones",
    "お客様網と管理網の間で承認済みの通信（例外）"),
  req("virtual_networks", list(record{
    id_field,
    req("name", str, "Name", "名称"),
    service_field, party_field,
    opt("kind", enum{ "vnet", "overlay" }, "Cloud network, or an overlay such as SD-WAN", "クラウドの仮想網／オーバーレイ"),
    opt("region", str, "Region", "リージョン"),
    opt("routing_domain", routing_domain, "Its routing domain", "対応するルーティングドメイン"),
    req("cidrs", list(cidr, { min = 1 }), "Address space", "アドレス空間"),
    req("subnets", list(record{
      id_field,
      req("zone", zone, "Zone it belongs to", "属するゾーン"),
      req("cidrs", list(cidr, { min = 1 }), "Blocks", "アドレスブロック"),
      req("filter", nullable(filter), "Network security group attached to the subnet, null for none",
        "サブネットに適用した NSG（null はなし）"),
    }, { unique = "id", min = 1 }), "Subnets", "サブネット"),
    req("mapped_to", nullable(ref"networks.physical"), "Physical segment it stands for, null for none",
      "対応する物理セグメント（null はなし）"),
    req("policy", nullable(ref"networks.policies"), "Network policy it follows, null for none",
      "適用するネットワークポリシー（null はなし）"),
  }, { unique = "id", may_be_empty = "collected_at" }), "Virtual networks; on IAD the provider has none",
    "仮想ネットワーク（IAD の事業者側には存在しない）"),
  req("physical", list(record{
    id_field,
    req("name", str, "Name", "名称"),
    tell("site", str, "Site", "拠点"),
    told_party_field,
    req("cidrs", list(cidr, { min = 1 }), "Blocks", "アドレスブロック"),
    opt("role", enum{ "customer", "service", "management", "dmz", "transit" }, "Role", "役割"),
  }, { unique = "id", may_be_empty = "collected_at" }), "Physical and on-premises segments", "物理・オンプレミスのセグメント"),
  opt("policies", list(record{
    id_field,
    req("role", enum{ "customer", "service", "management", "dmz", "transit" }, "Role of the zones it is for", "対象の役割"),
    req("denied_ports", list(ports, { min = 1 }), "Ports denied on virtual and physical networks alike",
      "仮想・物理とも拒否するポート"),
    opt("approved_on", date, "Approved", "承認日"),
  }, { unique = "id", may_be_empty = "collected_at" }), "Policies that virtual and physical networks share",
    "仮想・物理共通のネットワークポリシー"),
  opt("bandwidth_monitoring", record{
    req("enabled", boolean, "Switched on", "有効か"),
    req("threshold_percent", percent, "Threshold", "しきい値", PERCENT),
    req("sampled_at", timestamp, "Newest sample", "最新の計測日時"),
    req("predictive", boolean, "Signs of trouble ahead are detected", "予兆検知を行っているか"),
    opt("alert_tested_at", timestamp, "Last test of the alert", "アラートの直近の試験日時"),
  }, "Monitoring of bandwidth", "帯域の監視"),
  opt("drift_check", record{
    req("checked_at", timestamp, "Last comparison of virtual and physical rules", "直近の差分確認日時"),
    req("differences", count, "Differences found and not yet explained", "未解消の差分件数"),
    req("last_network_change_at", timestamp, "Last change of the networks", "直近のネットワーク変更日時"),
  }, "Comparison of virtual and physical networks", "仮想・物理ネットワークの差分確認"),
  req("resources", list(record{
    id_field,
    tell("kind", enum{ "storage", "load_balancer", "database", "image_store", "directory" }, "Kind", "種別"),
    opt("zone", zone, "Zone it is in", "属するゾーン"),
    req("tenants", list(id, { min = 1 }), "Tenants it is tagged with; hosts say theirs themselves",
      "タグ付けされたテナント（ホストは hosts に記載）"),
  }, { unique = "id", may_be_empty = "collected_at" }), "Shared resources and whose they are", "リソースと帰属先テナント"),
  req("isolation_tests", list(record{
    id_field, service_field,
    req("performed_at", timestamp, "When it was performed", "実施日時"),
    tell("performed_by", str, "By whom", "実施者"),
    req("result", enum{ "isolated", "findings_open", "findings_closed" }, "Result", "結果"),
    opt("report", str, "Report", "報告書"),
  }, { unique = "id", may_be_empty = "collected_at" }), "Tests of isolation", "分離の検証（侵入テストなど）"),
  opt("tunnels", list(record{
    id_field, service_field, party_field,
    req("kind", enum{ "ipsec", "ssl_vpn", "sd_wan", "expressroute", "private_backbone" }, "Kind", "種別"),
    req("zones", list(zone, { min = 1 }), "Zones it connects", "接続するゾーン"),
    req("encrypted", boolean, "Encrypted", "暗号化しているか"),
    { "pre_shared_key", str, secret = true, en = "Never needed: if an export holds it, it is never shown",
      ja = "記入不要（含まれていても表示しない）" },
  }, { unique = "id", may_be_empty = "collected_at" }), "Tunnels and private lines", "VPN・閉域接続"),
}

-- ---- hosts ----

local host_record = record{
  id_field,
  req("name", str, "Name", "ホスト名"),
  service_field, party_field,
  req("role", enum{
    "dc", "sync_server", "admin_console", "connector", "vda", "master_image", "file_server", "management", "jump",
    "log_server", "other",
  }, "What it does", "役割"),
  req("state", enum{ "running", "stopped", "retired" }, "State in the inventory", "台帳上の状態"),
  req("tenants", list(id, { min = 1 }), "Tenants it is tagged with", "タグ付けされたテナント"),
  opt("asset", ref"data.assets", "Its entry in the inventory of assets", "資産目録の項目"),
  tell("site", str, "Site or region", "拠点・リージョン"),
  req("os", record{
    req("family", enum{ "windows", "linux", "appliance" }, "Family", "種別"),
    req("name", str, "Name and version", "名称と版"),
    opt("build", str, "Build", "ビルド"),
    req("support_until", date, "Last day of support", "サポート終了日"),
  }, "Operating system", "OS"),
  req("interfaces", list(record{
    id_field,
    req("zone", zone, "Zone it is in", "属するゾーン"),
    req("address", ip, "Address", "アドレス"),
    req("filter", nullable(filter), "Network security group on the interface itself, null for none",
      "インターフェースに適用した NSG（null はなし）"),
    req("public_address", nullable(ip), "Public address bound to it, null for none", "パブリックIP（null はなし）"),
  }, { unique = "id", min = 1 }), "Network interfaces", "ネットワークインターフェース"),
  opt("scan", record{
    req("scanned_at", timestamp, "When", "走査日時"),
    req("method", enum{ "in_guest", "network" }, "Asked of the system, or scanned over the network",
      "取得方法（OS内／ネットワーク走査）"),
    req("from_zone", nullable(zone), "Zone it was scanned from, null for in_guest", "走査元ゾーン（OS内は null）"),
    req("host_state", enum{ "up", "down" }, "Whether the host answered", "応答の有無"),
    req("listening", list(record{
      req("protocol", enum{ "tcp", "udp" }, "Protocol", "プロトコル"),
      req("address", ip, "Local address: 0.0.0.0 and :: are all", "待受アドレス（0.0.0.0・:: は全体）"),
      req("port", port, "Port", "ポート"),
      req("state", enum{ "open", "open_filtered", "filtered", "closed" }, "State as the scanner words it", "状態"),
      req("process", str, "Program or service", "プロセス・サービス"),
    }, { may_be_empty = "scanned_at" }), "What listens, loopback included", "待受ポート（ループバックを含む）"),
  }, "Listening ports; absent when the host was not scanned", "待受ポートの走査結果（未走査は省略）"),
  opt("services_read_at", timestamp, "When the services were read", "サービス一覧の取得日時"),
  opt("services", list(record{
    req("name", str, "Service name, not the display name", "サービス名（表示名ではない）"),
    req("start_mode", enum{ "automatic", "automatic_delayed", "manual", "disabled" }, "How it starts", "スタートアップの種類"),
    req("state", enum{ "running", "stopped" }, "State", "状態"),
  }, { unique = "name", may_be_empty = "services_read_at" }), "Services and daemons", "サービス・常駐プログラム"),
  opt("firewall", record{
    req("read_at", timestamp, "When it was read", "取得日時"),
    req("enabled", boolean, "On in every profile", "全プロファイルで有効か"),
    req("default_inbound", enum{ "allow", "block" }, "What no rule matches", "どの規則にも一致しない受信の扱い"),
    req("rules", list(record{
      id_field,
      req("enabled", boolean, "In force", "有効か"),
      req("action", enum{ "allow", "block" }, "Action; a block wins", "許可／ブロック（ブロック優先）"),
      req("protocol", protocol, "Protocol", "プロトコル"),
      req("ports", list(ports, { min = 1 }), "Local ports as text, * for all", "ローカルポート（文字列。* はすべて）"),
      req("sources", list(address, { min = 1 }), "Remote addresses", "リモートアドレス"),
      opt("expires", date, "Last day it is wanted", "有効期限（この日まで）"),
      opt("ticket", str, "Request it was made for", "申請番号"),
    }, { unique = "id", may_be_empty = "read_at" }), "Inbound rules", "受信の規則"),
  }, "Host firewall", "ホストのファイアウォール"),
  opt("baseline", record{
    req("id", id, "Baseline", "適用する要塞化基準"),
    tell("version", str, "Version", "版"),
    req("assessed_at", timestamp, "When it was assessed", "評価日時"),
    req("score_percent", percent, "Items met", "適合率", PERCENT),
  }, "Assessment against a hardening baseline", "要塞化基準の評価"),
  opt("image", record{
    req("id", id, "Image", "イメージ"),
    req("version", str, "Version", "版"),
    req("built_at", timestamp, "When it was built", "作成日時"),
    req("patched_at", timestamp, "When it was last patched", "直近のパッチ適用日時"),
    opt("published_by", str, "Who published it", "公開者"),
  }, "Image the host is made from", "元になったイメージ"),
  opt("legacy", record{
    req("read_at", timestamp, "When it was read", "取得日時"),
    req("smb1", boolean, "SMB 1 is on", "SMBv1 が有効"),
    req("ntlm1", boolean, "NTLM version 1 is accepted", "NTLMv1 を受け付けるか"),
    req("llmnr", boolean, "LLMNR is on", "LLMNR が有効"),
    req("netbios", boolean, "NetBIOS name service is on", "NetBIOS 名前解決が有効"),
    req("powershell2", boolean, "PowerShell 2.0 is installed", "PowerShell 2.0 が導入済み"),
  }, "Legacy protocols of a Windows host", "レガシープロトコル（Windows）"),
  opt("software_read_at", timestamp, "When the software was read", "ソフトウェア一覧の取得日時"),
  opt("software", list(record{
    req("name", str, "Product", "製品名"),
    req("version", str, "Version", "版"),
    req("publisher", str, "Publisher", "発行元"),
    opt("sha256", sha256, "Digest of the main program", "主プログラムのハッシュ値"),
    opt("supported", boolean, "Still supported by its publisher", "サポート期間内か"),
  }, { may_be_empty = "software_read_at" }), "Installed software", "導入ソフトウェア"),
  opt("patches", record{
    req("installed_at", timestamp, "Last installation", "直近の適用日時"),
    req("missing_critical", count, "Critical updates that are missing", "未適用の緊急更新の件数"),
    req("checked_at", timestamp, "When that was checked", "確認日時"),
  }, "Updates", "更新プログラム"),
  opt("vulnerability_scan_at", timestamp, "Last scan for vulnerabilities", "直近の脆弱性診断日時"),
  opt("clock", record{
    req("read_at", timestamp, "When it was read", "取得日時"),
    req("source", str, "Time source as the system names it", "時刻源（OS の表記）"),
    req("kind", enum{ "ntp", "nt5ds", "vm_host", "local" }, "Kind of source", "時刻源の種別"),
    req("stratum", integer{ min = 0, max = 16 }, "Stratum, 16 for unsynchronised", "ストラタム（16は未同期）"),
    req("offset_ms", number{}, "Difference to the reference, either sign", "基準との差（符号付き）", MILLISECONDS),
    req("last_sync_at", timestamp, "Last synchronisation", "最終同期日時"),
    req("time_zone", str, "Time zone of the system", "タイムゾーン"),
  }, "Clock", "時刻同期"),
}

-- ---- Active Directory, Citrix Cloud, Azure ----

local ad = record{
  req("collected_at", timestamp, "When it was read", "取得日時"),
  req("domain", format"hostname", "Domain", "ドメイン名"),
  told_party_field,
  opt("functional_level", str, "Functional level", "機能レベル"),
  req("fsmo", record{
    req("pdc_emulator", host, "Holder of the PDC emulator", "PDC エミュレーター"),
    opt("rid_master", host, "Holder of the RID master", "RID マスター"),
    opt("infrastructure_master", host, "Holder of the infrastructure master", "インフラストラクチャマスター"),
    opt("schema_master", host, "Holder of the schema master", "スキーママスター"),
    opt("domain_naming_master", host, "Holder of the domain naming master", "ドメイン名前付けマスター"),
    req("holder_party", party, "Whose domain controllers hold them", "保持する側（事業者／お客様）"),
  }, "Operations masters", "操作マスター（FSMO）"),
  req("krbtgt_changed_at", timestamp, "Last change of the krbtgt password", "krbtgt のパスワード最終変更"),
  req("tombstone_days", count, "Tombstone lifetime", "廃棄標識の有効期間", DAYS),
  opt("recycle_bin", boolean, "The recycle bin is on", "ごみ箱が有効か"),
  req("ldap_signing", enum{ "required", "negotiated", "none" }, "LDAP signing", "LDAP 署名"),
  req("ldap_channel_binding", enum{ "always", "when_supported", "never" }, "LDAP channel binding",
    "LDAP チャネルバインディング"),
  req("machine_account_quota", count, "Computers an ordinary user may join", "一般利用者が参加させられる端末数"),
  req("dcsync_principals", list(record{
    req("name", str, "Name", "名称"),
    req("expected", boolean, "A domain controller, built-in group or sync account that needs it",
      "必要な主体か（DC・組み込みグループ・同期アカウント）"),
  }, { unique = "name", min = 1 }), "Who may replicate directory changes (DCSync)", "ディレクトリの変更を複製できる主体（DCSync）"),
  req("schema_admins", list(account, { may_be_empty = "collected_at" }), "Members of Schema Admins, best none",
    "Schema Admins の所属（平時は空）"),
}

local citrix = record{
  req("collected_at", timestamp, "When it was read", "取得日時"),
  tell("customer_id", str, "Citrix Cloud customer", "Citrix Cloud の顧客ID"),
  req("tenant_holder", party, "Who holds the Citrix Cloud tenant", "Citrix Cloud テナントの保有者"),
  opt("region", str, "Region of the control plane", "コントロールプレーンのリージョン"),
  req("delivery_groups", list(record{
    id_field,
    req("name", str, "Name", "名称"),
    req("user_filter_enabled", boolean, "Only listed users (IncludedUserFilterEnabled)", "利用者の限定が有効か"),
    req("groups", list(group, { may_be_empty = "/citrix/collected_at" }), "Groups that may use it", "利用できるグループ"),
    req("all_users_intended", boolean, "Open to all users on purpose", "全員に公開する意図があるか"),
    req("hdx_ssl_enabled", boolean, "TLS from the gateway to the VDA (HdxSslEnabled)", "VDA までの TLS（HdxSslEnabled）"),
    req("client_ip_filter_enabled", boolean, "IncludedClientIPFilterEnabled", "接続元IPフィルターが有効か"),
    req("client_addresses", list(address, { may_be_empty = "/citrix/collected_at" }),
      "Client addresses, ignored while the filter is off", "接続元アドレス（フィルター無効時は無視される）"),
  }, { unique = "id", min = 1 }), "Delivery groups", "デリバリーグループ"),
  req("session_policies", list(record{
    id_field,
    req("name", str, "Name", "ポリシー名"),
    req("enabled", boolean, "In force", "有効か"),
    opt("priority", integer{ min = 0 }, "Priority, lower wins", "優先度（小さい値が優先）"),
    req("groups", list(group, { may_be_empty = "/citrix/collected_at" }), "Groups it applies to, empty for all",
      "適用グループ（空は全員）"),
    req("clipboard", enum{ "off", "to_session", "both" }, "Clipboard", "クリップボード"),
    req("client_drives", enum{ "off", "read_only", "read_write" }, "Client drives", "ローカルドライブ"),
    req("usb", enum{ "off", "listed_devices", "all" }, "USB redirection", "USB リダイレクト"),
    req("idle_minutes", count, "Idle time until the session is disconnected, 0 for never",
      "無操作で切断するまでの時間（0は無期限）", MINUTES),
    opt("justification", str, "Why something is let through", "許可の理由"),
  }, { unique = "id", min = 1 }), "Policies of sessions", "セッションポリシー"),
}

local azure = record{
  req("collected_at", timestamp, "When it was read", "取得日時"),
  tell("directory_id", id, "Entra directory", "Entra ディレクトリ"),
  req("subscriptions", list(record{
    id_field,
    tell("name", str, "Name", "名称"),
    req("holder", party, "Who holds the subscription", "サブスクリプションの保有者"),
  }, { unique = "id", min = 1 }), "Subscriptions", "サブスクリプション"),
  req("host_pools", list(record{
    id_field,
    req("name", str, "Name", "名称"),
    req("region", str, "Region", "リージョン"),
    req("kind", enum{ "pooled", "personal" }, "Kind", "種別"),
    req("max_sessions", nullable(integer{ min = 1 }), "Sessions a host takes, null without limit (999999)",
      "ホストあたりの最大セッション数（null は無制限）"),
    opt("public_access", enum{ "enabled", "enabled_for_clients", "disabled" }, "Access from public networks",
      "パブリックネットワークからのアクセス"),
    opt("image", id, "Image of its hosts", "使用イメージ"),
    opt("registration", record{
      opt("expires", timestamp, "Expiry of the registration", "登録情報の有効期限"),
      { "token", str, secret = true, en = "Never needed: if an export holds it, it is never shown",
        ja = "記入不要（含まれていても表示しない）" },
    }, "Registration of session hosts", "セッションホストの登録情報"),
  }, { unique = "id", min = 1 }), "Host pools of Azure Virtual Desktop", "AVD のホストプール"),
  req("storage_accounts", list(record{
    id_field,
    req("region", str, "Region", "リージョン"),
    req("purpose", dataset, "What it holds", "保存データ"),
    req("minimum_tls", str, "Lowest TLS version, as Azure spells it", "TLS の最低版（Azure の表記）"),
    req("https_only", boolean, "Secure transfer is required", "安全な転送が必須か"),
    req("public_blobs", boolean, "Anonymous blob access is allowed", "匿名アクセスを許可するか"),
    opt("public_network", boolean, "Reachable from public networks", "パブリックネットワークから到達できるか"),
    opt("shared_keys", boolean, "Access with account keys is allowed", "アカウントキーでのアクセスを許可するか"),
    req("replication", enum{ "lrs", "zrs", "grs", "gzrs", "ra_grs", "ra_gzrs" }, "Replication", "冗長化"),
    req("paired_region", nullable(str), "Region of the copies, null for none", "複製先リージョン（null はなし）"),
  }, { unique = "id", may_be_empty = "collected_at" }), "Storage accounts", "ストレージアカウント"),
}

-- ---- logging ----

local logging = record{
  req("collected_at", timestamp, "When it was read", "取得日時"),
  req("sources", list(record{
    id_field, service_field, party_field,
    req("kind", enum{ "system", "application", "security", "activity", "sign_in", "audit", "operator", "flow" },
      "Kind of log", "ログの種別"),
    opt("host", host, "Host it is on; said of system, application and security logs",
      "取得元ホスト（システム・アプリケーション・セキュリティログは必須）"),
    req("enabled", boolean, "It is recorded", "記録しているか"),
    req("retention_days", nullable(count), "Days kept, 0 without limit, null when only size limits it",
      "保存日数（0は無期限、null はサイズのみで制限）", DAYS),
    req("max_size_mb", nullable(count), "Largest size, null when only time limits it",
      "最大サイズ（null は日数のみで制限）", MEGABYTES),
    opt("documented_size_mb", count, "Size that the service document states for it; said of the logs of IAD",
      "サービスドキュメントに記載された保存サイズ（IAD のログは必須）", MEGABYTES),
    req("overwrite", enum{ "oldest_first", "archive", "never" }, "When it is full", "満杯時の動作"),
    req("oldest_event_at", nullable(timestamp), "Oldest record, null when there is none", "最古の記録（null は記録なし）"),
    req("newest_event_at", nullable(timestamp), "Newest record, null when there is none", "最新の記録（null は記録なし）"),
    req("time_zone", str, "Zone of its timestamps", "記録時刻のタイムゾーン"),
    req("tenant_scope", list(id, { min = 1 }), "Tenants whose records it holds and shows", "参照できる記録のテナント"),
    req("readers", list(role, { min = 1 }), "Roles that can read it", "参照できるロール"),
    req("writers", list(role, { may_be_empty = "/logging/collected_at" }), "Roles that can alter or delete it",
      "変更・削除できるロール"),
    req("exposed_via", list(enum{ "portal", "admin_console", "admin_tools", "workspace", "api" },
      { may_be_empty = "/logging/collected_at" }), "Where the customer can see it", "お客様が参照できる画面・手段"),
    req("immutable", boolean, "Records cannot be altered before they expire", "保存期間中の改ざん防止が有効か"),
    opt("reviewed_at", timestamp, "Last review of its records", "直近のログ点検日時"),
  }, { unique = "id", min = 1 }), "Logs", "ログ"),
  req("alerts", list(record{
    id_field,
    req("kind", enum{
      "admin_role_change", "mfa_disabled", "allow_list_change", "break_glass_sign_in", "log_stopped", "bandwidth",
      "other",
    }, "What it tells", "通知する事象"),
    req("enabled", boolean, "Switched on", "有効か"),
    req("recipients", list(contact, { may_be_empty = "/logging/collected_at" }), "Who is told", "通知先"),
    req("channels", list(channel, { may_be_empty = "/logging/collected_at" }), "How", "通知手段"),
    req("tested_at", nullable(timestamp), "Last test, null for never", "直近の試験日時（null は未実施）"),
  }, { unique = "id", may_be_empty = "collected_at" }), "Alerts", "アラート"),
  req("export", nullable(record{
    req("enabled", boolean, "Switched on", "有効か"),
    tell("destination", str, "Where to", "出力先"),
    req("country", country, "Country it is kept in", "保管国"),
    req("sources", list(ref"logging.sources", { min = 1 }), "Logs that are exported", "対象ログ"),
    req("retention_days", count, "Days kept, 0 without limit", "保存日数（0は無期限）", DAYS),
    req("integrity", enum{ "worm", "hash_chain", "none" }, "Protection against alteration", "改ざん防止方式"),
    req("encrypted", boolean, "Encrypted", "暗号化しているか"),
    req("readers", list(role, { min = 1 }), "Roles that can read it", "参照できるロール"),
    req("last_export_at", timestamp, "Last success", "直近の出力日時"),
  }), "The customer's export beyond the provider's retention, null for none", "お客様によるログの退避（null はなし）"),
  opt("operator_sessions", journal(record{
    id_field, party_field,
    req("actor", str, "Person who worked", "作業者"),
    req("account", str, "Account used", "使用アカウント"),
    req("starts", timestamp, "Start", "開始日時"),
    req("ends", timestamp, "End", "終了日時"),
    req("ticket", str, "Request", "作業申請番号"),
    req("recorded", boolean, "The log holds an entry for it", "作業ログに記録があるか"),
  }, "Privileged sessions", "特権作業"), "Sessions of operators and administrators", "運用担当者・管理者の作業記録"),
}

-- ---- data: backup, inventory, places, deletion ----

local backup = record{
  req("collected_at", timestamp, "When it was read", "取得日時"),
  opt("provider", record{
    req("equipment_backed_up", boolean, "The provider backs up what it needs to restore the service",
      "事業者による設備情報のバックアップの有無"),
    req("customer_data_included", boolean, "It serves to restore customers' data", "お客様データの復元に使えるか"),
  }, "The provider's backup", "事業者のバックアップ"),
  req("jobs", list(record{
    id_field, service_field,
    req("dataset", dataset, "What is backed up", "対象データ"),
    req("kind", enum{ "logical_export", "backup", "system_state", "snapshot", "replica", "recycle_bin" },
      "Kind; snapshots, replicas and recycle bins are not backups", "方式（スナップショット・複製・ごみ箱は含まない）"),
    req("last_success_at", timestamp, "Last success", "直近の成功日時"),
    req("last_size_bytes", count, "Size of that backup", "直近のサイズ", BYTES),
    req("source_changed_at", timestamp, "Last change of what is backed up", "対象の最終変更日時"),
    req("retention_days", count, "Days kept", "保存日数", DAYS),
    req("country", country, "Country it is kept in", "保管国"),
    req("site", str, "Site it is kept at", "保管拠点"),
    req("primary_site", str, "Site of the data itself", "データ本体の拠点"),
    req("encrypted", boolean, "Encrypted", "暗号化しているか"),
    req("key_kept_apart", boolean, "The key is not kept with the backup", "鍵を別に保管しているか"),
    req("restore_tested_at", nullable(timestamp), "Last restore that worked, null for never",
      "直近の復元試験（null は未実施）"),
  }, { unique = "id", may_be_empty = "collected_at" }), "The customer's own backups", "お客様が取得するバックアップ"),
  req("not_needed", list(record{
    req("id", dataset, "Dataset", "対象データ"),
    tell("reason", str, "Why", "理由"),
    req("approved_by", str, "Who accepted the risk", "リスク受容の承認者"),
    req("expires", date, "Last day of the acceptance", "有効期限（この日まで）"),
  }, { unique = "id", may_be_empty = "collected_at" }), "Datasets that need no backup, by an accepted risk",
    "バックアップ不要としたデータ（リスク受容）"),
}

local data = record{
  req("collected_at", timestamp, "When inventory and places were confirmed", "確認日時"),
  req("assets", list(record{
    id_field, service_field,
    req("name", str, "Name", "資産名"),
    req("class", enum{ "customer", "provider", "derived" }, "Whose it is; derived from the use of the service",
      "区分（お客様／事業者／派生データ）"),
    req("owner", str, "Person or department responsible", "管理責任者"),
    opt("owner_account", account, "Account of that person", "管理責任者のアカウント"),
    req("state", enum{ "in_use", "removed" }, "State", "状態"),
    opt("location", str, "Where it is", "所在"),
    req("service_code", nullable(ref"contract.service_codes"), "Service code it is labelled with, null for none",
      "サービスコード（null はなし）"),
    opt("storage", id, "Unit of storage it lies on", "保管先の単位"),
    opt("separated_by", str, "What separates it from others on the same storage", "同居時の論理的な分離方法"),
  }, { unique = "id", min = 1 }), "Inventory of assets", "資産目録"),
  req("locations", list(record{
    id_field, service_field,
    req("dataset", dataset, "What is kept", "データの種類"),
    req("role", enum{ "primary", "replica", "backup", "log", "support", "metadata" }, "As what", "保管の目的"),
    req("country", country, "Country, two letters", "国（2文字コード）"),
    req("region", str, "Region as the platform names it", "リージョン"),
    opt("site", enum{ "east_japan", "west_japan", "other" }, "Site of the two-site option", "拠点（2拠点オプション）"),
  }, { unique = "id", min = 1 }), "Where data is kept and seen from", "データの保管場所"),
  opt("shares", list(record{
    id_field,
    req("dataset", dataset, "What it holds", "保存データ"),
    req("path", str, "Path", "パス"),
    req("entries", list(record{
      req("principal", str, "Who", "主体"),
      req("action", enum{ "allow", "deny" }, "Allow or deny", "許可／拒否"),
      req("rights", enum{ "read", "create", "modify", "full" }, "Rights", "権限"),
      req("applies_to", enum{ "this_folder_only", "subfolders_and_files", "everything" }, "What for", "適用先"),
    }, { min = 1 }), "Access control entries, inherited ones included", "アクセス制御エントリ（継承を含む）"),
  }, { unique = "id", may_be_empty = "collected_at" }), "Shares and their permissions", "共有とアクセス権"),
}

local deletion = record{
  opt("terms", record{
    req("max_days", count, "Days until everything is deleted", "削除までの最大日数", DAYS),
    req("first_day", enum{ "day_after_termination", "termination_day" }, "Which day is day 1", "起算日"),
    req("document", str, "Where it is written", "記載文書"),
    req("confirmed_at", timestamp, "When the customer confirmed it", "確認日時"),
  }, "Terms of deletion that the customer knows", "削除条件の把握"),
  opt("collected_at", timestamp, "When the state of deletion was learnt", "削除状況の確認日時"),
  opt("datasets", list(record{
    id_field, service_field,
    req("dataset", dataset, "What", "データの種類"),
    req("copy", enum{ "primary", "replica", "backup", "soft_deleted" }, "Which copy", "複製の区分"),
    req("site", str, "Where", "拠点"),
    opt("option", option, "Option whose own termination counts", "部分解約の対象オプション"),
    req("exists", boolean, "It still exists, in a recycle bin too", "残存しているか（ごみ箱を含む）"),
    req("deleted_at", nullable(timestamp), "When it was deleted, null while it exists", "削除日時（残存中は null）"),
    opt("method", enum{ "erase", "crypto_erase", "destroy" }, "How", "削除方法"),
    opt("verified_at", timestamp, "When deletion was verified", "削除確認日時"),
    opt("certificate", str, "Certificate of deletion", "削除証明書"),
    opt("legal_hold", boolean, "Kept because of a legal hold", "訴訟ホールドの対象か"),
  }, { unique = "id", may_be_empty = "collected_at" }), "What is deleted after the end", "解約後に削除するデータ"),
}

local equipment = record{
  req("confirmed_at", timestamp, "When the list was confirmed", "確認日時"),
  req("items", list(record{
    id_field, service_field, party_field,
    req("kind", enum{ "data_centre", "cloud_region", "network", "storage", "server" }, "Kind", "種別"),
    req("country", country, "Country it stands in", "設置国"),
    req("site", str, "Site or region", "拠点・リージョン"),
    opt("serial", str, "Serial number", "シリアル番号"),
  }, { unique = "id", min = 1 }), "Equipment and where it stands", "設備と設置場所"),
}

-- ---- operation ----

local change = record{
  id_field, service_field, party_field,
  req("affects_customer", boolean, "It affects the customer", "お客様に影響するか"),
  req("category", enum{ "normal", "maintenance", "emergency" }, "Category", "区分"),
  req("state", enum{ "planned", "done", "cancelled" }, "State", "状態"),
  req("summary", str, "What", "内容"),
  req("announced_at", nullable(timestamp), "When the portal announced it, null for not", "ポータル掲載日時（null は未掲載）"),
  req("mailed_at", nullable(timestamp), "When it was mailed, null for not", "メール送付日時（null は未送付）"),
  req("recipients", list(contact, { may_be_empty = "/changes/to" }), "Whom it was mailed to", "メール宛先"),
  req("starts", timestamp, "Start", "開始日時"),
  req("ends", nullable(timestamp), "End, null while it lasts", "終了日時（継続中は null）"),
  opt("completion_notice_at", nullable(timestamp), "Notice of completion, null for none", "完了連絡日時（null はなし）"),
  opt("procedures", list(id, { min = 1 }), "Procedures it concerns", "関係する手順"),
}

local capacity = record{
  tell("collected_at", timestamp, "When it was read", "取得日時"),
  req("resources", list(record{
    id_field, service_field, party_field,
    req("metric", enum{ "cpu", "memory", "disk", "bandwidth", "sessions", "quota", "directory_size" }, "Metric", "指標"),
    req("unit", str, "Unit of the numbers", "単位"),
    req("limit", nullable(number{ min = 0 }), "Limit, null for none", "上限（null はなし）"),
    opt("current", number{ min = 0 }, "Now", "現在値"),
    req("peak_30d", number{ min = 0 }, "Highest of the last 30 days", "過去30日の最大値"),
    req("threshold_percent", percent, "Threshold of the alarm", "しきい値", PERCENT),
    req("sampled_at", timestamp, "Newest sample", "計測日時"),
    opt("exhausted_on", nullable(date), "Day the forecast reaches the limit, null for never",
      "枯渇予測日（null は予測なし）"),
  }, { unique = "id", min = 1 }), "Resources", "リソース"),
}

local vulnerabilities = record{
  req("collected_at", timestamp, "When it was read", "取得日時"),
  tell("scanner", str, "Scanner and version", "診断ツールと版"),
  req("findings", list(record{
    id_field, party_field,
    req("host", host, "Host", "ホスト"),
    req("title", str, "What", "内容"),
    req("severity", enum{ "critical", "high", "medium", "low" }, "Severity", "深刻度"),
    opt("cvss", number{ min = 0, max = 10 }, "CVSS base score", "CVSS 基本値"),
    req("known_exploited", boolean, "Known to be exploited", "悪用が確認されているか"),
    req("public", boolean, "Reachable from the internet", "インターネットから到達できるか"),
    req("found_at", timestamp, "First found; a new scan does not reset it", "初回検出日時"),
    req("fixed_at", nullable(timestamp), "Fixed, null while open", "対処日時（未対処は null）"),
    opt("accepted_until", date, "Last day of an accepted risk", "リスク受容の期限（この日まで）"),
  }, { unique = "id", may_be_empty = "collected_at" }), "Vulnerabilities", "脆弱性"),
}

local supply_chain = record{
  req("confirmed_at", timestamp, "When the list was confirmed", "確認日時"),
  req("suppliers", list(record{
    id_field, service_field,
    req("name", str, "Name", "供給者名"),
    req("kind", enum{ "cloud", "data_centre", "equipment", "software" }, "What it supplies", "供給の種類"),
    req("customer_owned", boolean, "The customer's own contract, like its Microsoft 365", "お客様自身の契約か"),
    opt("data_access", boolean, "It can reach customers' data", "お客様データにアクセスできるか"),
    opt("countries", list(country, { min = 1 }), "Countries it supplies from; said of cloud and data-centre suppliers",
      "供給元の国（クラウド・データセンターの供給者は必須）"),
    req("assurances", list(record{
      req("standard", str, "Standard or report", "認証・報告書"),
      req("expires", date, "Valid until", "有効期限"),
      req("covers", list(country, { min = 1 }), "Countries it covers", "対象国"),
    }, { may_be_empty = "assessed_at" }), "Certificates and reports", "認証・第三者報告書"),
    req("assessed_at", timestamp, "Last assessment", "直近の評価日時"),
    req("equivalent", boolean, "Confirmed to have an equivalent level of security", "同等のセキュリティ水準を確認したか"),
  }, { unique = "id", may_be_empty = "confirmed_at" }), "Suppliers of the service", "供給者"),
}

local incident = record{
  id_field, service_field, party_field,
  req("state", enum{ "suspected", "confirmed", "closed" }, "State", "状態"),
  req("summary", str, "What", "内容"),
  req("affects_tenant", boolean, "It concerns this tenant", "当テナントに影響するか"),
  req("detected_at", timestamp, "Detected", "検知日時"),
  req("notices", list(record{
    req("at", timestamp, "Sent", "報告日時"),
    req("channels", list(channel, { min = 1 }), "How", "報告手段"),
  }, { may_be_empty = "detected_at" }), "Notices to the customer, the first one counts", "お客様への報告（初回で判定）"),
}

local event = record{
  id_field, service_field,
  req("direction", enum{ "from_customer", "from_provider" }, "Who reported", "報告の方向"),
  req("summary", str, "What", "内容"),
  req("reported_at", timestamp, "Reported", "報告日時"),
  opt("channel", channel, "How", "報告手段"),
  req("state", enum{ "open", "in_progress", "closed" }, "State", "状態"),
  opt("closed_at", timestamp, "Closed", "完了日時"),
}

local disposal = record{
  id_field, told_service_field,
  req("serial", str, "Serial number of what was disposed of or re-used", "対象のシリアル番号"),
  opt("asset", ref"data.assets", "Its entry in the inventory", "資産目録の項目"),
  req("medium", enum{ "hdd", "ssd", "tape", "virtual_disk" }, "Medium", "媒体"),
  req("purpose", enum{ "disposal", "re_use" }, "Disposed of or re-used", "廃棄／再利用"),
  req("method", enum{ "overwrite", "purge", "crypto_erase", "degauss", "shred" }, "Method", "消去・破壊の方法"),
  req("at", timestamp, "When", "実施日時"),
  req("certificate", nullable(str), "Certificate, null for none", "証明書（null はなし）"),
}

local release = record{
  id_field, service_field,
  req("name", str, "Release", "リリース"),
  req("author", str, "Author", "作成者"),
  req("approver", str, "Approver", "承認者"),
  req("risk_assessed_at", nullable(timestamp), "Risk assessment, null for none", "リスクアセスメント日時（null は未実施）"),
  req("released_at", timestamp, "Released", "リリース日時"),
  req("emergency", boolean, "Emergency release", "緊急リリースか"),
}

local utilities = record{
  req("collected_at", timestamp, "When the list was confirmed", "確認日時"),
  req("items", list(record{
    id_field, party_field,
    req("name", str, "Name", "名称"),
    req("documented", boolean, "A documented administration tool, like RSAT", "文書化された管理ツールか（RSAT など）"),
    req("bypasses", boolean, "It can bypass security procedures", "セキュリティ手順を回避できるか"),
    req("roles", list(role, { may_be_empty = "/utilities/collected_at" }), "Roles that may use it", "利用できるロール"),
    req("logged", boolean, "Its use is recorded", "利用が記録されるか"),
  }, { unique = "id", may_be_empty = "collected_at" }), "Privileged utility programs", "特権的なユーティリティプログラム"),
}

-- ---- organisation ----

local responsibility = record{
  req("matrix_version", str, "Version of the matrix", "責任分担表の版"),
  req("reviewed_at", timestamp, "Last review", "直近の見直し日時"),
  req("document", document, "Document it is in", "記載文書"),
  req("areas", list(record{
    id_field, service_field,
    req("area", enum{
      "application", "equipment", "service_base", "configuration_data", "settings", "profile_data", "master_image",
      "account_information", "mail_information", "sync_configuration", "authentication", "session_hosts",
    }, "Area", "領域"),
    req("party", party, "Who is accountable", "責任区分"),
    opt("split", str, "How it is split; said of every shared area", "分担の内容（共有の場合は必須）"),
    req("controls", list(str, { min = 1 }), "Clauses it concerns", "関係する管理策の項番"),
  }, { unique = "id", min = 1 }), "Areas", "領域ごとの分担"),
  req("acknowledgement", nullable(record{
    req("matrix_version", str, "Version that was acknowledged", "確認した版"),
    req("acknowledged_at", timestamp, "When", "確認日時"),
    tell("acknowledged_by", str, "By whom", "確認者"),
  }), "The customer's acknowledgement, null for none", "お客様の確認（null は未確認）"),
}

local contact_record = record{
  id_field,
  req("name", str, "Name", "氏名・窓口名"),
  req("kind", enum{ "operation_manager", "security", "enquiry_desk", "complaints", "authority" }, "Kind", "区分"),
  party_field,
  req("active", boolean, "In charge now", "現在有効か"),
  opt("since", date, "In charge since; earlier mails need not have reached them", "就任日（それより前のメールの宛先は問わない）"),
  req("email", nullable(email), "Mail, null for none", "メールアドレス（null はなし）"),
  opt("email_verified_at", timestamp, "Last mail that arrived", "メール到達の確認日時"),
  opt("telephone", str, "Telephone", "電話番号"),
  opt("account", account, "Account in the tenant", "アカウント"),
  opt("hours", str, "Hours", "受付時間"),
  opt("languages", list(enum{ "ja", "en" }, { min = 1 }), "Languages", "対応言語"),
}

local attestation = record{
  id_field,
  req("controls", list(str, { min = 1 }), "Clauses it is for, in any spelling", "対象の管理策の項番（表記は問わない）"),
  tell("statement", str, "What is stated", "表明の内容"),
  req("issuer", str, "Who states it", "表明者"),
  req("issuer_party", enum{ "provider", "customer", "third_party" }, "Whose side the issuer is on", "表明者の立場"),
  req("subject_party", party, "Whose practice it is about", "対象となる側"),
  req("scope", list(enum{ "iad", "ctx", "*" }, { min = 1 }), "Services it holds for", "対象サービス"),
  req("issued", date, "Issued", "発行日"),
  opt("expires", nullable(date), "Last day it holds, null for none stated", "有効期限（この日まで。null は記載なし）"),
  req("reviewed_at", timestamp, "When the customer last confirmed it", "お客様が最後に確認した日時"),
  tell("reviewer", str, "Who confirmed it", "確認者"),
  req("evidence", list(record{
    req("uri", str, "Absolute URI, or path in the repository", "URI またはリポジトリ内のパス"),
    tell("title", str, "Title", "文書名"),
    opt("sha256", sha256, "Digest of the document", "文書のハッシュ値"),
    opt("language", enum{ "ja", "en" }, "Language", "言語"),
  }, { may_be_empty = "reviewed_at" }), "Evidence", "証跡"),
  opt("supersedes", id, "Attestation it replaces", "置き換える表明"),
  opt("topics", list(enum{ "t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8", "t9", "t10" }, { min = 1 }),
    "5.1.1: considerations the policy covers, as numbered in the white paper", "5.1.1: 方針が扱う考慮事項の番号"),
  opt("policy", record{
    req("version", str, "Version", "版数"),
    req("approved_by", nullable(str), "Who approved it, null for nobody", "承認者（null は未承認）"),
    req("reviewed_at", timestamp, "Last review of the policy", "方針の直近の見直し日時"),
  }, "5.1.1: the policy", "5.1.1: 方針"),
  opt("training", record{
    req("population", count, "People who have to take part", "対象者数"),
    req("completed", count, "People who did", "受講者数"),
    req("period_from", date, "First day of the campaign", "実施期間の開始日"),
    req("period_to", date, "Last day of the campaign", "実施期間の終了日"),
  }, "7.2.2: training", "7.2.2: 教育"),
  opt("procedures", list(record{
    id_field,
    req("operation", enum{
      "device_change", "termination", "backup_restore", "key_handling", "account_recovery", "dc_restore",
      "sync_staging", "image_publishing", "break_glass",
    }, "Operation", "重要操作"),
    req("version", str, "Version", "版数"),
    req("dated", date, "Date of that version", "制定・改定日"),
    opt("exercised_at", timestamp, "Last exercise", "直近の訓練日時"),
  }, { unique = "id", min = 1 }), "CLD.12.1.5: procedures", "CLD.12.1.5: 手順書"),
  opt("documents", list(record{
    req("id", enum{ "policy", "whitepaper", "service_documents" }, "Which document", "文書の種類"),
    req("number", str, "Number or title", "文書番号・名称"),
    req("version", str, "Version", "版数"),
    req("dated", date, "Date of that version", "制定・改定日"),
  }, { unique = "id", min = 1 }), "14.1.1: documents the requirements are in", "14.1.1: 要求事項を定めた文書"),
  opt("fit", record{
    req("decided_at", timestamp, "When", "判断日時"),
    req("decided_by", str, "By whom", "判断者"),
    req("gaps", count, "Gaps that remain open", "未解消のギャップ件数"),
  }, "14.1.1: the customer's decision that the service fits", "14.1.1: 適合性の判断"),
  opt("clauses", list(enum{
    "malware", "backup", "cryptography", "vulnerability", "incident", "compliance", "testing", "audit", "evidence",
    "data_at_termination", "access", "identity",
  }, { min = 1 }), "15.1.2: subjects the agreement covers", "15.1.2: 契約で定めた事項"),
  opt("ownership", list(dataset, { min = 1 }), "18.1.2: data that stays the customer's", "18.1.2: お客様に帰属するデータ"),
  opt("export_control", enum{ "none", "listed" }, "18.1.5: cryptography under export control", "18.1.5: 輸出規制対象の暗号の有無"),
  opt("foreign_regime", list(country, { min = 1 }), "18.1.1: countries whose regime and safeguards are known",
    "18.1.1: 外的環境を把握した国"),
  opt("certificate", record{
    req("scheme", enum{ "ISO27001", "ISO27017", "PrivacyMark", "SOC2" }, "Scheme", "認証の種類"),
    req("edition", str, "Edition of the standard", "規格の版"),
    tell("number", str, "Number", "登録番号"),
    req("body", str, "Body that issued it", "認証機関"),
    req("scope", str, "Scope as it is written", "登録範囲"),
    req("state", enum{ "valid", "suspended", "withdrawn" }, "State", "状態"),
    req("issued", date, "Issued", "登録日"),
    req("expires", date, "Last day it is valid", "有効期限（この日まで）"),
    opt("surveillance_due", date, "Next surveillance audit", "次回維持審査の期限"),
  }, "18.2.1: a certificate", "18.2.1: 認証"),
}

local licence = record{
  id_field, service_field,
  req("product", str, "Product", "製品名"),
  req("metric", enum{ "user", "device", "concurrent", "core" }, "What is counted", "課金単位"),
  req("entitled", nullable(count), "Entitled, null without limit", "保有数（null は無制限）"),
  req("used", count, "Used now", "使用数"),
  req("peak", count, "Highest of the term", "期間中の最大使用数"),
  req("counted_at", timestamp, "When it was counted", "集計日時"),
}

-- ---- the root ----

return record{
  opt("$schema", str, "For editors: where the JSON Schema is", "エディター用：JSON Schema の場所"),
  req("as_of", timestamp, "The moment the snapshot describes, and is judged at", "評価基準日時"),
  req("tenant", record{
    req("id", id, "Identifier of the tenant", "テナントの識別子"),
    tell("name", str, "Name of the customer", "お客様名"),
    opt("name_en", str, "Name in English", "お客様名（英語）"),
    req("time_zone", str, "Time zone in which days are counted", "日付の計算に使うタイムゾーン"),
    req("country", country, "Country of the customer", "お客様の所在国"),
  }, "The tenant", "テナント"),
  req("contract", contract, "The contract", "契約"),
  req("collected", list(enum{
    "portals", "identities", "authentication", "conditional_access", "networks", "hosts", "ad", "citrix", "azure",
    "logging", "backup", "data", "deletion", "equipment", "changes", "capacity", "vulnerabilities", "supply_chain",
    "incidents", "events", "disposals", "releases", "utilities", "responsibility", "contacts", "attestations",
    "licences",
  }, { min = 1 }), "Areas that were collected", "収集した領域"),
  opt("disclosed", record{
    req("changes", boolean, "The provider discloses its changes", "変更記録の開示"),
    req("incidents", boolean, "The provider discloses its incidents", "インシデント記録の開示"),
    req("disposals", boolean, "The provider discloses its disposals", "廃棄記録の開示"),
    req("releases", boolean, "The provider discloses its releases", "リリース記録の開示"),
    req("operator_sessions", boolean, "The provider discloses its operators' sessions", "運用担当者の作業記録の開示"),
  }, "Records that the provider discloses to the customer", "事業者が開示している記録"),
  opt("accepted_claims", list(accepted_claim, { may_be_empty = "collected" }),
    "Claims of the provider that the customer accepts", "受諾した事業者表明"),
  opt("portals", portals, "Portals, console and tools", "ポータル・管理コンソール・管理用ツール"),
  opt("identities", identities, "Accounts, groups, roles", "アカウント・グループ・ロール"),
  opt("authentication", authentication, "Sign-in methods of the tenant", "認証方法"),
  opt("conditional_access", conditional_access, "Sign-in policies", "サインインポリシー"),
  opt("networks", networks, "Networks", "ネットワーク"),
  opt("hosts", list(host_record, { unique = "id", min = 1 }), "Hosts, those of the inventory that nobody scanned too",
    "ホスト（未走査のものを含む）"),
  opt("ad", ad, "Active Directory", "Active Directory"),
  { "citrix", citrix, service = "ctx", en = "Citrix Cloud", ja = "Citrix Cloud" },
  { "azure", azure, service = "ctx", en = "Azure and Azure Virtual Desktop", ja = "Azure・Azure Virtual Desktop" },
  opt("logging", logging, "Logs, alerts, export", "ログ・アラート・退避"),
  opt("backup", backup, "Backup", "バックアップ"),
  opt("data", data, "Inventory, places, shares", "資産・保管場所・共有"),
  opt("deletion", deletion, "Deletion at the end of the contract", "解約時の削除"),
  opt("equipment", equipment, "Equipment", "設備"),
  opt("changes", journal(change, "Changes", "変更"), "Changes of the service", "サービスの変更"),
  opt("capacity", capacity, "Capacity", "容量・能力"),
  opt("vulnerabilities", vulnerabilities, "Vulnerabilities", "脆弱性"),
  opt("supply_chain", supply_chain, "Suppliers of the service", "サプライチェーン"),
  opt("incidents", journal(incident, "Incidents", "インシデント"), "Information security incidents", "情報セキュリティインシデント"),
  opt("events", journal(event, "Events", "事象"), "Information security events that were reported", "報告された情報セキュリティ事象"),
  opt("disposals", journal(disposal, "Disposals", "廃棄・再利用"), "Disposal and re-use of equipment", "装置の廃棄・再利用"),
  opt("releases", journal(release, "Releases", "リリース"), "Releases of the service", "サービスのリリース"),
  opt("utilities", utilities, "Privileged utility programs", "特権的なユーティリティプログラム"),
  opt("responsibility", responsibility, "Who is responsible for what", "責任分担"),
  opt("contacts", list(contact_record, { unique = "id", min = 1 }), "Contacts", "連絡先"),
  opt("attestations", list(attestation, { unique = "id", may_be_empty = "collected" }),
    "Dated statements with evidence", "表明（日付と証跡のある記録）"),
  opt("licences", list(licence, { unique = "id", may_be_empty = "collected" }), "Licences", "ライセンス"),
}
