// The three geographies: where a stamp may run and where its Communication Services keep data at rest.
// docs/deploy.md carries the same as a table of what data lives where.

@export()
var geographies = {
  amer: {
    regions: ['eastus', 'eastus2', 'centralus', 'southcentralus', 'westus2', 'westus3', 'canadacentral', 'brazilsouth']
    dataLocations: ['United States', 'Canada', 'Brazil']
  }
  emea: {
    regions: [
      'northeurope'
      'westeurope'
      'francecentral'
      'germanywestcentral'
      'swedencentral'
      'switzerlandnorth'
      'uksouth'
      'norwayeast'
      'uaenorth'
      'southafricanorth'
    ]
    dataLocations: ['Europe', 'France', 'Germany', 'Switzerland', 'Norway', 'UK', 'UAE', 'Africa']
  }
  apac: {
    regions: ['southeastasia', 'eastasia', 'australiaeast', 'japaneast', 'koreacentral', 'centralindia']
    dataLocations: ['Asia Pacific', 'Australia', 'Japan', 'Korea', 'India']
  }
}
