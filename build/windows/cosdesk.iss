; The Windows installer over the packaged folder dist\cosdesk: iscc /DVersion=0.1.0 build\windows\cosdesk.iss
; Written without a Windows machine at hand; not run yet.
[Setup]
AppId={{0B7C4C0E-3D0B-4B7A-9C55-5A4D3F7F7C10}
AppName=cosdesk
AppVersion={#Version}
DefaultDirName={autopf}\cosdesk
DefaultGroupName=cosdesk
DisableProgramGroupPage=yes
; A coordinator is seldom the machine's administrator.
PrivilegesRequired=lowest
ChangesAssociations=yes
OutputDir=..\..\dist
OutputBaseFilename=cosdesk-{#Version}-setup
SetupIconFile=..\..\work\package\cosdesk.ico
UninstallDisplayIcon={app}\cosdesk.exe
Compression=lzma2

[Languages]
Name: "russian"; MessagesFile: "compiler:Languages\Russian.isl"

[Files]
Source: "..\..\dist\cosdesk\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{autoprograms}\cosdesk"; Filename: "{app}\cosdesk.exe"
Name: "{autodesktop}\cosdesk"; Filename: "{app}\cosdesk.exe"

[Registry]
Root: HKA; Subkey: "Software\Classes\.cosdesk"; ValueType: string; ValueData: "cosdesk.District"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\cosdesk.District"; ValueType: string; ValueData: "Файл района cosdesk"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\cosdesk.District\DefaultIcon"; ValueType: string; ValueData: "{app}\cosdesk.exe,0"
Root: HKA; Subkey: "Software\Classes\cosdesk.District\shell\open\command"; ValueType: string; ValueData: """{app}\cosdesk.exe"" ""%1"""
