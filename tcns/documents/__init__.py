"""Official documents that the records give: lists of members, certificates, minutes, drafts."""
