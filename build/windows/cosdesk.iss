; The Windows installer over the packaged folder: iscc /DVersion=0.1.0 build\windows\cosdesk.iss
; Inno Setup 6.3 or newer; run by .github/workflows/package.yml after build/dev.py package.
[Setup]
AppId={{0B7C4C0E-3D0B-4B7A-9C55-5A4D3F7F7C10}
AppName=cosdesk
AppVersion={#Version}
VersionInfoVersion={#Version}
DefaultDirName={autopf}\cosdesk
DisableProgramGroupPage=yes
; A coordinator is seldom the machine's administrator.
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
; What Qt 6 needs.
MinVersion=10.0.17763
ChangesAssociations=yes
OutputDir=..\..\dist
OutputBaseFilename=cosdesk-{#Version}-setup
SetupIconFile=..\..\work\package\cosdesk.ico
UninstallDisplayIcon={app}\cosdesk.exe
Compression=lzma2
SolidCompression=yes

[Languages]
Name: "russian"; MessagesFile: "compiler:Languages\Russian.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"

[InstallDelete]
; Libraries of the version before; what the user made lies elsewhere.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\dist\cosdesk\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{autoprograms}\cosdesk"; Filename: "{app}\cosdesk.exe"
Name: "{autodesktop}\cosdesk"; Filename: "{app}\cosdesk.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.cosdesk"; ValueType: string; ValueData: "cosdesk.District"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\cosdesk.District"; ValueType: string; ValueData: "Файл района cosdesk"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\cosdesk.District\DefaultIcon"; ValueType: string; ValueData: "{app}\cosdesk.exe,0"
Root: HKA; Subkey: "Software\Classes\cosdesk.District\shell\open\command"; ValueType: string; ValueData: """{app}\cosdesk.exe"" ""%1"""

[Run]
Filename: "{app}\cosdesk.exe"; Description: "{cm:LaunchProgram,cosdesk}"; Flags: nowait postinstall skipifsilent
