/* net_service.c: the service tags of Azure, which stand for addresses that are not known here. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/ascii.h"
#include "lib/net.h"

/* From Microsoft's "Azure service tags overview" (2021 to 2024), with the spellings of the classic
 * deployment model. Sorted by ASCII without case, for reading only. */
static const struct {
    const char *spelling, *tag;
} tags[] = {
    {"ActionGroup", NULL},
    {"ApiManagement", NULL},
    {"AppConfiguration", NULL},
    {"ApplicationInsightsAvailability", NULL},
    {"AppService", NULL},
    {"AppServiceManagement", NULL},
    {"AutonomousDevelopmentPlatform", NULL},
    {"AzureActiveDirectory", NULL},
    {"AzureActiveDirectoryDomainServices", NULL},
    {"AzureAdvancedThreatProtection", NULL},
    {"AzureArcInfrastructure", NULL},
    {"AzureAttestation", NULL},
    {"AzureBackup", NULL},
    {"AzureBotService", NULL},
    {"AzureCloud", NULL},
    {"AzureCognitiveSearch", NULL},
    {"AzureConnectors", NULL},
    {"AzureContainerRegistry", NULL},
    {"AzureCosmosDB", NULL},
    {"AzureDatabricks", NULL},
    {"AzureDataExplorerManagement", NULL},
    {"AzureDataLake", NULL},
    {"AzureDeviceUpdate", NULL},
    {"AzureDevOps", NULL},
    {"AzureDevSpaces", NULL},
    {"AzureDigitalTwins", NULL},
    {"AzureEventGrid", NULL},
    {"AzureFrontDoor", NULL},
    {"AzureInformationProtection", NULL},
    {"AzureIoTHub", NULL},
    {"AzureKeyVault", NULL},
    {"AzureLoadBalancer", NULL},
    {"AZURE_LOADBALANCER", "AzureLoadBalancer"},
    {"AzureMachineLearning", NULL},
    {"AzureMonitor", NULL},
    {"AzureOpenDatasets", NULL},
    {"AzurePlatformDNS", NULL},
    {"AzurePlatformIMDS", NULL},
    {"AzurePlatformLKM", NULL},
    {"AzureResourceManager", NULL},
    {"AzureSentinel", NULL},
    {"AzureSignalR", NULL},
    {"AzureSiteRecovery", NULL},
    {"AzureSphere", NULL},
    {"AzureTrafficManager", NULL},
    {"AzureUpdateDelivery", NULL},
    {"AzureWebPubSub", NULL},
    {"BatchNodeManagement", NULL},
    {"ChaosStudio", NULL},
    {"CognitiveServicesFrontend", NULL},
    {"CognitiveServicesManagement", NULL},
    {"DataFactory", NULL},
    {"DataFactoryManagement", NULL},
    {"Dynamics365ForMarketingEmail", NULL},
    {"EOPExternalPublishedIPs", NULL},
    {"EventHub", NULL},
    {"GatewayManager", NULL},
    {"GuestAndHybridManagement", NULL},
    {"HDInsight", NULL},
    {"Internet", NULL},
    {"KustoAnalytics", NULL},
    {"LogicApps", NULL},
    {"LogicAppsManagement", NULL},
    {"MicrosoftAzureFluidRelay", NULL},
    {"MicrosoftCloudAppSecurity", NULL},
    {"MicrosoftContainerRegistry", NULL},
    {"MicrosoftDefenderForEndpoint", NULL},
    {"OneDsCollector", NULL},
    {"PowerBI", NULL},
    {"PowerPlatformInfra", NULL},
    {"PowerPlatformPlex", NULL},
    {"PowerQueryOnline", NULL},
    {"Scuba", NULL},
    {"SerialConsole", NULL},
    {"ServiceBus", NULL},
    {"ServiceFabric", NULL},
    {"Sql", NULL},
    {"SqlManagement", NULL},
    {"Storage", NULL},
    {"StorageMover", NULL},
    {"StorageSyncService", NULL},
    {"VirtualDesktop", NULL},
    {"VirtualNetwork", NULL},
    {"VIRTUAL_NETWORK", "VirtualNetwork"},
    {"WindowsAdminCenter", NULL},
    {"WindowsVirtualDesktop", NULL},
};

/* "JapanEast" of Storage.JapanEast: letters and digits. */
static bool is_region(const char *text, size_t length)
{
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    size_t i;

    for (i = 0; i < length; i++)
        if (memchr(alphabet, text[i], sizeof alphabet - 1) == NULL)
            return false;
    return length > 0;
}

static bool has_no_region(const char *tag)
{
    return strcmp(tag, "Internet") == 0 || strcmp(tag, "VirtualNetwork") == 0 ||
           strcmp(tag, "AzureLoadBalancer") == 0;
}

static const char *find(const char *text, size_t length)
{
    size_t i;

    for (i = 0; i < sizeof tags / sizeof *tags; i++)
        if (pe_ascii_is(text, length, tags[i].spelling))
            return tags[i].tag != NULL ? tags[i].tag : tags[i].spelling;
    return NULL;
}

const char *pe_net_service_tag(const char *text, size_t length)
{
    const char *dot = memchr(text, '.', length);
    const char *tag = find(text, dot == NULL ? length : (size_t)(dot - text));

    if (tag == NULL || dot == NULL)
        return tag;
    if (has_no_region(tag) || !is_region(dot + 1, length - (size_t)(dot - text) - 1))
        return NULL;
    return tag;
}
